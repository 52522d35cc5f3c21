// Package export writes one side of a chat as a zip: a page for people, records
// for programs, and the files. It reads the store page by page through an
// interface of its own; who may have the chat, and how it is sent, is decided
// elsewhere.
package export
