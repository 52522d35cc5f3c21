// Package live knows who is connected: the hub of all sockets, presence, and
// what each socket takes in and writes. What a socket is told stands in the
// person's event log, of which it keeps no copy but a ring of the newest frames.
//
// The order of mutexes is ring.mu, Hub.mu, conn.mu.
//
// A socket that dies without a word is noticed by its silence: the hub pings
// each one every 15 seconds, and after Times.Silent without a frame or a pong,
// 40 seconds, reading fails. Its handler then takes it out of the hub, the
// others learn of the person's last one by presence, and the device comes back
// with a hello that names the last event it has.
//
// Sessions and origins are checked before, the rates of messages are counted
// elsewhere, and what is stored is the store's. Only upgrade.go knows the HTTP
// server and the WebSocket library.
package live
