// Package lan knows the network around a host: by which of its addresses others
// are likely to reach it, whether they did, which other hosts are there, and
// how a phone's camera gets an address.
//
// Ranking, reach and drawing QR codes are pure functions; a Monitor follows the
// addresses, and a Finder announces this host and looks for others by DNS-SD.
// What other computers say here is a hint, never an identity. Listening on the
// addresses is the room listen's, and what is kept is written by whoever makes
// the monitor; people, sessions and pages are not known here.
package lan
