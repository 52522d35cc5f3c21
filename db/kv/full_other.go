//go:build !windows

package kv

func isFullOS(error) bool { return false }
