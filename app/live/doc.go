// Package live knows who is connected: the hub of all sockets, presence, and
// what each socket takes in and writes. What a socket is told stands in the
// person's event log, of which it keeps no copy but a ring of the newest frames.
//
// Sessions and origins are checked before, the rates of messages are counted
// elsewhere, and what is stored is the store's. Only upgrade.go knows the HTTP
// server and the WebSocket library.
package live
