// Package names says which names people may have and which count as the same,
// likewise of join codes, and gives texts the form in which they are searched. Who has a name is not
// known here.
package names
