// Package sessions knows who is signed in on which device: secrets, sessions
// and the links that sign in once, also those that wait for a disk with room.
// Who a person is, and whether a password is right, is not known here.
package sessions
