// Package transfer has what handing over files takes below HTTP's handlers:
// what tus says of an upload, how many parts may be on their way, a file's
// name on other people's disks, which bytes of it a download gets, and what all
// files of a person take. It stores no file and knows no server; what pictures
// show is in package pictures.
package transfer
