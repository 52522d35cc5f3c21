// Package lan knows the network around a host: by which of its addresses
// others are likely to reach it, and which other hosts are there.
//
// Ranking is a pure function of a description of the interfaces; reading that
// description, announcing and looking by DNS-SD are the parts that touch the
// system. What other computers say here is a hint, never an identity. The
// package knows nothing of people, sessions or pages.
package lan
