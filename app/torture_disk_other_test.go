//go:build !linux

package app_test

import "testing"

type disk struct{ dir string }

const onlyLinux = "mounts a disk of its own: only on Linux"

func newDisk(t testing.TB) *disk {
	t.Skip(onlyLinux)
	return nil
}

func (d *disk) cut()         {}
func (d *disk) again()       {}
func (d *disk) flush()       {}
func (d *disk) flushes() int { return 0 }

func newMemoryDisk(t testing.TB, size string) string {
	t.Skip(onlyLinux)
	return ""
}

func fill(t testing.TB, dir, file string, rest int64) {}

func freeUnder(t testing.TB, dir string) int64 { return 0 }
