package db

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"duologue/db/kv"
)

// A disk that others fill to the last byte while messages are sent:
// the process lives, sending answers storage_full, reading and signing in go
// on, and when there is room again so does sending, without a restart.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, "256m")
	p := startChild(t, "send", dir)
	within(t, "sending", func() bool { return p.ask().Acked > 1000 })

	fill := filler{t, filepath.Join(dir, "filler")}
	fill.up()
	within(t, "storage_full", func() bool { fill.up(); return p.ask().Full > 0 })
	before := p.ask()
	for range 50 {
		fill.up()
		r := p.ask()
		if r.Acked > before.Acked {
			t.Fatalf("%d sends were acknowledged on a full disk", r.Acked-before.Acked)
		}
		if r.Other != "" || r.SignIn != "<nil>" || r.History != "<nil>" || r.Stored == 0 || r.Found != 10 {
			t.Fatalf("%+v", r)
		}
	}
	if r := p.ask(); r.Free != 0 {
		t.Fatalf("%d bytes are free: the disk is not full", r.Free)
	}

	fill.remove()
	within(t, "sending again", func() bool { return p.ask().Acked > before.Acked+1000 })
	acked := p.ask().Acked
	if status := p.end(); status != 0 {
		t.Fatalf("exit status %d", status)
	}
	p = startChild(t, "open", dir)
	if r := p.ask(); int64(r.Stored) < acked {
		t.Fatalf("%d acknowledged, %d stored", acked, r.Stored)
	}
}

// Ending and starting on a full disk: the end is clean, the start says what is
// the matter, and nothing is lost.
func TestEndAndStartOnAFullDisk(t *testing.T) {
	dir := smallDisk(t, "256m")
	p := startChild(t, "send", dir)
	within(t, "sending", func() bool { return p.ask().Acked > 1000 })
	fill := filler{t, filepath.Join(dir, "filler")}
	within(t, "storage_full", func() bool { fill.up(); return p.ask().Full > 0 })
	within(t, "the ballast is given away", func() bool {
		fill.up()
		_, err := os.Stat(filepath.Join(dir, "ballast"))
		return err != nil && p.ask().Free == 0
	})
	acked := p.ask().Acked
	if status := p.end(); status != 0 {
		t.Fatalf("exit status %d", status)
	}
	fill.up()
	p = startChild(t, "open", dir)
	if r := p.next(); !strings.HasPrefix(r.Open, "storage_full: the disk is full") {
		t.Fatal(r.Open)
	}
	if status := p.end(); status != 3 {
		t.Fatalf("exit status %d", status)
	}
	fill.remove()
	p = startChild(t, "open", dir)
	if r := p.ask(); int64(r.Stored) < acked {
		t.Fatalf("%d acknowledged, %d stored", acked, r.Stored)
	}
}

// smallDisk mounts a small disk, which takes root.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	needsDisk(t)
	if testing.Short() {
		t.Skip("short")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("no small disk can be mounted here: ", err)
	}
	t.Cleanup(func() { check(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	return dir
}

// filler is a file that takes all the space.
type filler struct {
	t    *testing.T
	path string
}

// up writes until nothing fits.
func (f filler) up() {
	f.t.Helper()
	file, err := os.OpenFile(f.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	check(f.t, err)
	defer file.Close()
	for size := 1 << 20; size > 0; {
		if _, err := file.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else {
			check(f.t, err)
		}
	}
}

func (f filler) remove() { check(f.t, os.Remove(f.path)) }

// A disk that is small from the start is used, with a smaller reserve.
func TestASmallDisk(t *testing.T) {
	dir := filepath.Join(smallDisk(t, "200m"), "data")
	s, err := Open(t.Context(), Options{Dir: dir})
	check(t, err)
	defer s.Close()
	token, err := s.MakeStartToken(t.Context(), time.Minute)
	check(t, err)
	_, _, err = s.SetUp(t.Context(), token, "Ann", "")
	check(t, err)
	_, err = s.SendNow(t.Context(), Send{From: 1, To: 1, CID: newCID(), Content: "there is room"})
	check(t, err)
}

// The file behind the memtable is no hole for long: writing into a mapped hole
// on a full disk ends the process.
func TestMemtablesHaveTheirSpace(t *testing.T) {
	needsDisk(t)
	dir := t.TempDir()
	s, err := Open(t.Context(), Options{Dir: dir, Ballast: -1, SpaceTick: time.Millisecond})
	check(t, err)
	defer s.Close()
	within(t, "the space of a memtable", func() bool {
		var st syscall.Stat_t
		check(t, syscall.Stat(filepath.Join(dir, "store", "00001.mem"), &st))
		return st.Size >= kv.BadgerMemtable && st.Blocks*512 >= st.Size
	})
}
