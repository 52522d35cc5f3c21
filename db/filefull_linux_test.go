package db

import (
	"path/filepath"
	"testing"
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
