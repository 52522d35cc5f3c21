// Package space watches the disk under the store, its free space and whether
// its folder is still there, says whether anything may be written, and keeps a ballast for when space is nearly gone.
// It decides nothing about what is stored.
package space
