// Package access decides who may do something, and how much of it: under which
// names the host answers and to which pages, how a session comes with a
// request, passwords and how often they may be guessed, and the rates of what
// one person does. Its rules take plain values; the middleware that asks them,
// and what a refusal looks like, is not here.
package access
