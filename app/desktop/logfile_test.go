package desktop

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestLogFileStaysSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.log")
	os.WriteFile(path, []byte("from last time\n"), 0o600)
	l, err := openLogFile(path, 100)
	if err != nil {
		t.Fatal(err)
	}
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := range 25 {
				if _, err := fmt.Fprintf(l, "line %d of %d\n", i, w); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	fmt.Fprintln(l, "the end")
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if _, err := l.Write([]byte("x")); err == nil || l.Close() != nil {
		t.Error("it goes on after its end")
	}
	now, err := os.ReadFile(path)
	old, oldErr := os.ReadFile(path + ".old")
	if err != nil || oldErr != nil || len(now) > 100 || len(old) > 100 || len(old) < 80 || !strings.HasSuffix(string(now), "the end\n") {
		t.Errorf("%v %v: %q and before it %q", err, oldErr, now, old)
	}
	for line := range strings.Lines(string(old) + string(now)) {
		if !strings.HasPrefix(line, "line ") && line != "the end\n" {
			t.Errorf("a line was cut: %q", line)
		}
	}
}

// Where nobody sees stderr the log goes to a file, and only there.
func TestLogWhereNobodyLooks(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if !seen(file) || seen(null) {
		t.Errorf("a file is seen: %v, nothing is seen: %v", seen(file), seen(null))
	}
	if got := OpenLog(t.TempDir(), file); got != file {
		t.Errorf("the log goes to %v", got)
	}
}
