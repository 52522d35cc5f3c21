// Package app is the host: its listener, the guards in front of every route,
// and one file for each resource.
//
// Requests and frames become calls of package db; what db answers and reports
// becomes JSON. Nothing here keeps a message: truth is in the store, and what
// the hub passes on is only the news that there is something to read.
package app
