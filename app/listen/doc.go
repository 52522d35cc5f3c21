// Package listen has what lies below the server: where the host listens, how
// many connections may live at once, what each of them does beyond a plain
// one, and how the end waits for what is in flight. It knows nothing of HTTP,
// of sockets or of people.
package listen
