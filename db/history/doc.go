// Package history reads what one person has, out of a view of the store: copies
// of messages, page by page or by searching, and the log of events with the
// texts as they are now. It changes nothing, and does not ask who may read.
package history
