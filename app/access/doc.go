// Package access decides who may do something, and how much of it: under which
// names the host answers and to which pages, how a session comes with a
// request, passwords and how often they may be guessed, the rates of what
// one person does, and the name of a device by its User-Agent. Its rules take plain values; the middleware that asks them,
// and what a refusal looks like, is not here.
package access
