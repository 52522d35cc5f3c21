package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// disk is an ext4 file system inside a file. What a program wrote and nobody
// flushed is in the kernel's memory only, as with any disk; what was flushed
// is in the file.
type disk struct {
	dir   string // where it is mounted
	t     testing.TB
	image string
	n     int
}

// diskSize is far more than a test writes; the file has holes.
const diskSize = 1 << 30

// newDisk makes a disk, or skips the test where that cannot be done.
func newDisk(t testing.TB) *disk {
	t.Helper()
	needMounts(t, "mkfs.ext4")
	at := t.TempDir()
	d := &disk{t: t, dir: filepath.Join(at, "mnt"), image: filepath.Join(at, "disk.0")}
	if err := os.Mkdir(d.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(d.image)
	if err == nil {
		err = f.Truncate(diskSize)
		f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	// Few inodes, and nothing that is left to be laid out in the background.
	run(t, "mkfs.ext4", "-q", "-F", "-N", "4096", "-E", "lazy_itable_init=0,lazy_journal_init=0", d.image)
	d.mount()
	t.Cleanup(func() { unmount(t, d.dir) })
	return d
}

// mount brings a loop device along, which goes when the mount does.
func (d *disk) mount() {
	d.t.Helper()
	run(d.t, "mount", "-t", "ext4", "-o", "loop,noatime", d.image, d.dir)
}

// cut is the end of the power: from this moment on nothing reaches the file,
// neither what the kernel still holds nor its own bookkeeping. It is the call
// that file systems are tested with; no other way of copying a disk in use
// shows it as it was at one moment.
func (d *disk) cut() {
	d.t.Helper()
	f, err := os.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	const shutdown, withoutFlush = 0x8004587d, 2 // EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH
	how := uint32(withoutFlush)
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, f.Fd(), shutdown, uintptr(unsafe.Pointer(&how))); errno != 0 {
		d.t.Fatal("the file system cannot be cut off: ", errno)
	}
}

// again puts a copy of what had reached the file in the place of a disk that
// was cut off, as the computer does when it comes back: the file system
// replays its journal.
func (d *disk) again() {
	d.t.Helper()
	unmount(d.t, d.dir)
	d.n++
	copied := filepath.Join(filepath.Dir(d.image), "disk."+string(rune('0'+d.n%2)))
	run(d.t, "cp", "--sparse=always", d.image, copied)
	if err := os.Remove(d.image); err != nil {
		d.t.Fatal(err)
	}
	d.image = copied
	d.mount()
}

// flush writes everything down, as a clean shutdown of the computer does.
func (d *disk) flush() {
	d.t.Helper()
	unmount(d.t, d.dir)
	d.mount()
}

// flushes is how often the device beneath was asked to flush; it counts on
// from whoever had the device before.
func (d *disk) flushes() int {
	d.t.Helper()
	out, err := exec.Command("findmnt", "-n", "-o", "SOURCE", d.dir).Output()
	if err != nil {
		return 0
	}
	stat, _ := os.ReadFile(filepath.Join("/sys/block", filepath.Base(strings.TrimSpace(string(out))), "stat"))
	fields := strings.Fields(string(stat))
	if len(fields) < 16 {
		return 0
	}
	n, _ := strconv.Atoi(fields[15])
	return n
}

// newMemoryDisk mounts a disk of some megabytes that is in memory, or skips.
func newMemoryDisk(t testing.TB, size string) string {
	t.Helper()
	needMounts(t)
	dir := filepath.Join(t.TempDir(), "mnt")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, "mount", "-t", "tmpfs", "-o", "mode=0700,size="+size, "duologue-test", dir)
	t.Cleanup(func() { unmount(t, dir) })
	return dir
}

func needMounts(t testing.TB, programs ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("mounts a disk of its own: not in the short tests")
	}
	if os.Geteuid() != 0 {
		t.Skip("mounts a disk of its own: only root can")
	}
	for _, p := range append(programs, "mount", "umount") {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("mounts a disk of its own: there is no %s here", p)
		}
	}
	if out, err := exec.Command("unshare", "-m", "mount", "-t", "tmpfs", "none", t.TempDir()).CombinedOutput(); err != nil {
		t.Skipf("mounts a disk of its own: not allowed here: %s", out)
	}
	if len(programs) == 0 {
		return
	}
	if _, err := os.Stat("/dev/loop-control"); err != nil {
		t.Skip("mounts a disk of its own: there are no loop devices here")
	}
}

// unmount takes away a mount of this test, whatever still uses it.
func unmount(t testing.TB, dir string) {
	t.Helper()
	if unix.Unmount(dir, 0) != nil {
		run(t, "umount", "-l", dir)
	}
}

func run(t testing.TB, program string, args ...string) {
	t.Helper()
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v: %s", program, args, err, out)
	}
}

// fill takes all space under dir but rest bytes, in the file, and more of it
// each time it is called.
func fill(t testing.TB, dir, file string, rest int64) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	chunk := make([]byte, 256<<10)
	for {
		free := freeUnder(t, dir) - rest
		if free <= 0 {
			return
		}
		if _, err := f.Write(chunk[:min(free, int64(len(chunk)))]); err != nil {
			if err.(*os.PathError).Err == unix.ENOSPC {
				return
			}
			t.Fatal(err)
		}
	}
}

func freeUnder(t testing.TB, dir string) int64 {
	t.Helper()
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	return int64(s.Bavail) * int64(s.Bsize)
}
