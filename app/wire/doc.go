// Package wire holds the public names of the protocol: the records and frames
// of JSON, how they are read and written, the codes of errors and what the
// other side may know of one.
//
// It knows the records of package db and nothing else: no HTTP server, no
// socket and no store. Who may ask, and what is answered, is not decided here.
package wire
