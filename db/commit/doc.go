// Package commit is the one goroutine that changes a store: it takes all ops
// that wait, applies them to one transaction, flushes it, and answers
// everybody afterwards. What an op is, and what a batch keeps beside the
// transaction, is for the store to say.
package commit
