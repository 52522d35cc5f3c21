package desktop

import (
	"os"
	"path/filepath"
	"strings"
)

// PortableName is the folder that, beside the program, makes it portable.
const PortableName = "duologue-data"

// portable gives the folder for the data beside the program, if somebody put
// one there. What people see as the program on macOS is the bundle.
func portable(program string, isDir func(string) bool) string {
	dir := filepath.Dir(program)
	if inside, ok := strings.CutSuffix(filepath.ToSlash(dir), ".app/Contents/MacOS"); ok {
		dir = filepath.Dir(filepath.FromSlash(inside))
	}
	if at := filepath.Join(dir, PortableName); program != "" && isDir(at) {
		return at
	}
	return ""
}

// Program is the path of the running program, links resolved, or empty.
func Program() string {
	exe, err := os.Executable()
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(exe); err == nil {
		return real
	}
	return exe
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
