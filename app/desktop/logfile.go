package desktop

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
)

const (
	logName   = "duologue.log"
	crashName = "duologue.crash.log"
	maxLog    = 1 << 20 // then the file becomes the old one, and what was old goes
)

// logFile is a log that stays small: one file, and the one before it.
type logFile struct {
	path string
	max  int64

	mu     sync.Mutex
	file   *os.File // nil when it could not be opened again
	size   int64
	closed bool
}

// openLogFile goes on with the file at path, or begins it.
func openLogFile(path string, most int64) (*logFile, error) {
	l := &logFile{path: path, max: most}
	return l, l.open()
}

func (l *logFile) open() error {
	f, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	l.file, l.size = f, info.Size()
	return nil
}

// Write appends one line. A file that cannot be put aside goes on growing:
// a second start may hold it for a moment. One that cannot be opened loses
// the line, and is tried again with the next.
func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return 0, os.ErrClosed
	}
	if l.file != nil && l.size > 0 && l.size+int64(len(p)) > l.max {
		l.file.Close()
		l.file = nil
		_ = os.Rename(l.path, l.path+".old")
	}
	if l.file == nil {
		if err := l.open(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(p)
	l.size += int64(n)
	return n, err
}

// Close ends the log. It may be called twice.
func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

// OpenLog gives where the log goes: to stderr, or to files in dir where nobody
// sees stderr. A crash leaves its trace there too.
func OpenLog(dir string, stderr io.Writer) io.Writer {
	if f, ok := stderr.(*os.File); !ok || visible(f) || os.MkdirAll(dir, 0o700) != nil {
		return stderr
	}
	l, err := openLogFile(filepath.Join(dir, logName), maxLog)
	if err != nil {
		return stderr
	}
	keepCrashes(filepath.Join(dir, crashName))
	return l
}

// Complain says in the log why the program ends, and to the person at the
// computer where no terminal shows it.
func Complain(log io.Writer, why string) {
	fmt.Fprintln(log, "duologue:", why)
	if !visible(os.Stderr) {
		alert(why)
	}
}

// keepCrashes has the runtime write its last words into a file as well.
func keepCrashes(path string) {
	if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
		_ = os.Remove(path)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_ = debug.SetCrashOutput(f, debug.CrashOptions{}) // it keeps a copy of the file
	f.Close()
}
