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

// A log that could not be opened again at a bad moment goes on after it.
func TestLogFileComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	path := filepath.Join(dir, "a.log")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := openLogFile(path, 10)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(l, "the first")
	if err := os.Rename(dir, dir+" elsewhere"); err != nil {
		l.Close()
		t.Skip("skipped: this system moves no folder with an open file in it")
	}
	for range 2 {
		if _, err := fmt.Fprintln(l, "lost"); err == nil {
			t.Error("it was written nowhere")
		}
	}
	if err := os.Rename(dir+" elsewhere", dir); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintln(l, "the second"); err != nil {
		t.Error(err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if _, err := fmt.Fprintln(l, "x"); err == nil {
		t.Error("it goes on after its end")
	}
	if got, err := os.ReadFile(path); err != nil || !strings.HasSuffix(string(got), "the second\n") {
		t.Errorf("%q, %v", got, err)
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
	if !visible(file) || visible(null) {
		t.Errorf("a file is visible: %v, nothing is: %v", visible(file), visible(null))
	}
	if got := OpenLog(t.TempDir(), file); got != file {
		t.Errorf("the log goes to %v", got)
	}
}
