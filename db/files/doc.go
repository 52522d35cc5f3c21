// Package files is about the files of everybody in one store: uploads that go
// on where they broke, what becomes a file, who refers to which bytes, what they
// take, and what is given up or tidied away. Bytes are kept by blobs, records by
// the store's engine. Messages are known by their places alone, and what is in
// a picture is for the caller to find out.
package files
