// Package space watches the free space of the disk under the store, says whether
// anything may be written, and keeps a ballast for when space is nearly gone.
// It decides nothing about what is stored.
package space
