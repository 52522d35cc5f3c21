// Package kv is the seam between the store and the engine that keeps its keys
// and values.
package kv
