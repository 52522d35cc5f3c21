// Package db is the store: people, sessions, links, and for every person a
// chat and message records of their own, kept in an engine, and beside it the
// bytes of files, once each, counted by who refers to them.
//
// One goroutine, the committer, makes every change. It takes all that waits,
// writes it as one flushed transaction and answers everybody afterwards, so
// an answer without an error means "on disk". Reading never waits for it.
//
// What stands here is what the store does for those above it: the rules of
// chats, messages, marks and members. Below it are
//
//	commit      the committer, whatever it commits
//	files       uploads, files, who refers to which bytes, what they take
//	sessions    who is signed in on which device, links to sign in
//	roster      everybody who ever joined, in memory
//	history     reading: pages, searching, the log of events, snapshots
//	record      the keys and the records, with their coding
//	kv          the engine: Badger, or one in memory for tests
//	blobs       bytes by hash in a folder
//	space       free space and the ballast
//	names       which names are allowed and alike, how texts are searched
//	model       the words that all share; errs, the kinds of errors; folder, making folders last
//
// The package knows nothing of HTTP, sockets or JSON frames, and of the
// engine no more than kv tells.
package db
