package ui_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestAFileOutlivesCutsAReloadAndAKill: the line is cut ten times, the page is
// loaded anew at one half of a file, the host is killed at three quarters.
// DUOLOGUE_UPLOAD says how large the file is, in MiB.
func TestAFileOutlivesCutsAReloadAndAKill(t *testing.T) {
	t.Parallel()
	size := 8 << 20
	if text := os.Getenv("DUOLOGUE_UPLOAD"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 8 || n%8 != 0 {
			t.Fatalf("DUOLOGUE_UPLOAD=%q is not a multiple of 8", text)
		}
		size = n << 20
	}
	r := newRoom(t)
	// On the browser's own disk: elsewhere it keeps everything in memory, and
	// forgets large files.
	onDisk, _ := r.tab(r.ctx, "Lin Wei", desk)
	lin, ann := r.first(onDisk), r.guest("Ann", desk)
	r.stop()
	lin.sees("No connection.")
	line := r.worsen(10, size/16)
	kill := r.apart()
	lin.missesFor("No connection.")
	lin.patience += time.Duration(size) * 200 // ns
	ann.patience = lin.patience
	lin.chat("Ann")
	film := noise(t, "film.bin", size)
	begun := time.Now()
	eval[chromedp.Void](lin, stopAt(size/2))
	lin.pick(film)
	lin.fill("#box", "the film")
	lin.post()
	lin.until("one half", share, 50)
	do(lin, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: stopAt(size * 3 / 4)})
	lin.reload()
	lin.until("three quarters", share, 75)
	kill()
	lin.sees("waiting for the network")
	eval[chromedp.Void](lin, `window.stopAt = Infinity`)
	lin.click("Pause")
	r.start()
	lin.missesFor("No connection.")
	lin.click("Continue")
	lin.tick("the film", "delivered")
	took := time.Since(begun)
	ann.chat("Lin Wei")
	ann.until("the file", `document.querySelector('.m a.file')`)
	ann.same(film)
	if n := line.left(); n > 0 {
		t.Errorf("%d cuts were not made", n)
	}
	sum := sha256sum(t, film)
	if _, err := os.Stat(filepath.Join(r.dir, "files", sum[:2], sum)); err != nil {
		t.Errorf("the host doesn't have it under its sum: %v", err)
	}
	t.Logf("%d MiB with SHA-256 %s on their way for %v", size>>20, sum, took.Round(time.Millisecond))
}

// stopAt lets no part of a file through that begins there or later, like a
// network that is gone.
func stopAt(offset int) string {
	return fmt.Sprintf(`
		window.stopAt = %d
		const through = window.fetch
		window.fetch = async (path, init) => {
			if (init?.headers?.['Upload-Offset'] >= window.stopAt)
				await new Promise((_, no) => init.signal.addEventListener('abort', () => no(new Error('cut'))))
			return through(path, init)
		}`, offset)
}

// share tells whether so many percent of a file went up.
const share = `(/(\d+)% of/.exec(document.querySelector('#log').innerText)?.[1] ?? 0) >= $1`

func sha256sum(t testing.TB, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}
