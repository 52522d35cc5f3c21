// Package app is the host: App with New, Run and Close, its options, the one
// table of routes with what guards each, and one file of handlers for each
// resource.
//
// Requests and frames become calls of package db; what db answers and reports
// becomes JSON. Nothing here keeps a message: what is kept is in the store, and what
// the hub passes on is only the news that there is something to read. What can
// be known without a call is in the rooms below this folder, which know each
// other by wire alone; flags are read in config.
package app
