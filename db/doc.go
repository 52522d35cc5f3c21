// Package db is the store: people, sessions, links, and for every person a
// chat and message records of their own, kept in an engine behind
// kv, and beside it the bytes of files, once each, counted by who refers to
// them.
//
// One goroutine, the committer, makes every change. It takes all that waits,
// writes it as one flushed transaction and answers everybody afterwards, so
// an answer without an error means "on disk". Reading never waits for it.
//
// The package knows nothing of HTTP, sockets or JSON frames, and of the
// engine no more than kv tells.
package db
