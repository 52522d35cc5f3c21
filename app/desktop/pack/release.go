package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// release is one commit of the program.
type release struct {
	top     string    // the program's own module
	version string    // as the program says it
	numbers [4]uint16 // as Windows and macOS want it
	date    time.Time // of the commit, or of SOURCE_DATE_EPOCH
}

func readRelease(top string) (*release, error) {
	r := &release{top: top}
	seconds := os.Getenv("SOURCE_DATE_EPOCH")
	if seconds == "" {
		out, err := r.git("log", "-1", "--format=%ct")
		if err != nil {
			return nil, err
		}
		seconds = out
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return nil, err
	}
	r.date = time.Unix(n, 0).UTC()
	tag, _ := r.git("describe", "--tags", "--match", "v[0-9]*") // without one the date is the version
	hash, err := r.git("rev-parse", "--short=10", "HEAD")
	if err != nil {
		return nil, err
	}
	changed, err := r.git("status", "--porcelain", "--untracked-files=no")
	if err != nil {
		return nil, err
	}
	r.version = versionOf(tag, hash, r.date, changed != "")
	r.numbers = numbersOf(r.version)
	return r, nil
}

// versionOf names a commit: by its tag, by the tag before it and how far it is
// from there, or by its date.
func versionOf(tag, hash string, date time.Time, changed bool) string {
	v := strings.ReplaceAll(strings.TrimPrefix(tag, "v"), "-", "+")
	if v == "" {
		v = date.Format("2006.1.2") + "+" + hash
	}
	if changed {
		v += "+changed"
	}
	return v
}

var number = regexp.MustCompile(`\d+`)

// numbersOf takes the numbers before any +.
func numbersOf(version string) (n [4]uint16) {
	plain, _, _ := strings.Cut(version, "+")
	for i, text := range number.FindAllString(plain, len(n)) {
		part, _ := strconv.ParseUint(text, 10, 16) // too large a part is 0
		n[i] = uint16(part)
	}
	return n
}

func (r *release) dotted() string {
	return fmt.Sprintf("%d.%d.%d", r.numbers[0], r.numbers[1], r.numbers[2])
}

func (r *release) git(args ...string) (string, error) {
	return r.command(nil, "git", args...)
}

func (r *release) command(env []string, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = r.top, append(os.Environ(), env...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, said.Bytes())
	}
	return strings.TrimSpace(string(out)), nil
}

// build makes the program. Nothing of this computer gets into it: no paths,
// no user, no moment.
func (r *release) build(goos, arch string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "duologue-pack-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	exe := filepath.Join(dir, "duologue")
	flags := "-s -w -buildid= -X main.version=" + r.version
	if goos == "windows" {
		flags += " -H windowsgui"
	}
	env := []string{"CGO_ENABLED=0", "GOOS=" + goos, "GOARCH=" + arch, "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0", "GOTOOLCHAIN=local", "GOWORK=off"}
	if _, err := r.command(env, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", flags, "-o", exe, "."); err != nil {
		return nil, err
	}
	return os.ReadFile(exe)
}
