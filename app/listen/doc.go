// Package listen has what lies below the server: where the host listens, how
// many connections may live at once, and what each of them does beyond a plain
// one. It knows nothing of HTTP, of sockets or of people.
package listen
