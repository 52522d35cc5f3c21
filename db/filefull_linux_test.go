package db

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"

	"duologue/db/files"
	"duologue/db/space"
)

// The disk is filled to the last byte while files come, are sent and go; the
// process lives and goes on when there is room.
func TestFullDiskWhileFilesMove(t *testing.T) {
	dir, l := smallDisk(t, "420m"), newLedger()
	for range rounds(1) {
		p := startChild(t, "files", dir)
		fill := filler{t, filepath.Join(dir, "filler")}
		full := l.full
		for n := 0; p.lines.Scan(); n++ {
			if l.note(t, p.lines.Bytes()); n > 100 && l.full < full+50 {
				fill.up()
			} else if l.full >= full+50 {
				break
			}
		}
		fill.remove()
		for n := len(l.sent) + 5; len(l.sent) < n && p.lines.Scan(); {
			l.note(t, p.lines.Bytes())
		}
		p.stdin.Close()
		for p.lines.Scan() {
			l.note(t, p.lines.Bytes())
		}
		if p.cmd.Wait(); p.cmd.ProcessState.ExitCode() != 0 {
			t.Fatal("the process ended with ", p.cmd.ProcessState)
		}
		l.verify(t, dir)
		if t.Failed() {
			return
		}
	}
}

// When the disk is nearly full, giving up files makes room, and sending goes
// on by itself.
func TestFilesGivenUpMakeRoom(t *testing.T) {
	o := quick(t)
	o.Dir, o.Reserve, o.FileReserve = smallDisk(t, "420m"), 128<<20, 1
	s := openWith(t, o, 2)
	data := make([]byte, 4<<20)
	for range 8 {
		rand.Read(data)
		_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Files: []string{bring(t, s, 1, data)}})
		check(t, err)
	}
	free, err := space.Free(o.Dir)
	check(t, err)
	check(t, os.WriteFile(filepath.Join(o.Dir, "filler"), make([]byte, free-o.Reserve+8<<20), 0o600))
	_, err = s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "refused"})
	wantCode(t, err, StorageFull)
	for owner := range ID(2) {
		if n, _, err := s.DropFiles(t.Context(), owner+1, files.Drop{Before: 1 << 62}); err != nil || n != 8 {
			t.Fatal(n, err)
		}
	}
	within(t, "sending goes on", func() bool {
		_, err := s.SendNow(t.Context(), Send{From: 1, To: 2, CID: newCID(), Content: "goes on"})
		return err == nil
	})
}
