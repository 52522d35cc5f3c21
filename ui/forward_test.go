package ui_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image/color"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

func TestForwardingNeedsNoUpload(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		l := desk
		l.lang = lang
		lin, ann, bob := r.owner(l), r.guest("Ann", l), r.guest("Bob", l)
		lin.chat("Ann")
		ann.chat("Lin Wei")
		bob.chat("Lin Wei")
		note := noise(t, "note.bin", 100_000)
		ann.pick(photo(t, "red.png", 300, 200, color.RGBA{200, 30, 30, 255}), note)
		ann.fill("#box", "for Bob")
		ann.post()
		lin.says("for Bob")
		lin.hold(0)
		lin.menu("for Bob", lin.word("menu.forward"))
		lin.until("the people", `document.querySelector('dialog[open] .chooser')`)
		lin.clickOn("Bob", `[...document.querySelectorAll('.chooser button')].find(b => b.querySelector('b').innerText === 'Bob')`)
		bob.says("for Bob")
		bob.until("the picture", onePicture, "red.png")
		bob.same(note)
	}
}

func TestWhatIsForwardedIsSaidToGoAndNotToHaveArrived(t *testing.T) {
	t.Parallel()
	for _, lang := range langs {
		r := newRoom(t)
		l := desk
		l.lang = lang
		lin, bob := r.owner(l), r.guest("Bob", l)
		r.guest("Ann", l)
		lin.chat("Ann")
		bob.chat("Lin Wei")
		lin.ponders()
		lin.say("for Bob")
		lin.tick("for Bob", "delivered")
		lin.say("for Bob, too")
		lin.tick("for Bob, too", "delivered")
		to := func(key string) string { return strings.ReplaceAll(lin.word(key), "{name}", "Bob") }
		forward := func(text string) {
			t.Helper()
			lin.menu(text, lin.word("menu.forward"))
			lin.clickOn("Bob", `[...document.querySelectorAll('dialog[open] .chooser button')].find(b => b.querySelector('b').innerText === 'Bob')`)
		}
		r.stop()
		lin.seesWord("banner.cut")
		forward("for Bob")
		lin.sees(to("forward.goes"))
		r.start()
		bob.says("for Bob")

		eval[chromedp.Void](lin, refused)
		forward("for Bob, too")
		said, _, _ := strings.Cut(to("failed.to"), "{what}")
		lin.sees(said)
	}
}

func TestNobodyMovesWhileOneForwards(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin := r.owner(desk)
	r.guest("Zoe", desk)
	lin.chat("Zoe")
	lin.say("for one of them")
	lin.tick("for one of them", "delivered")
	lin.menu("for one of them", "Forward")
	names := `[...document.querySelectorAll('.chooser b')].map(b => b.innerText).join()`
	lin.until("everybody", names+` === 'Zoe,My devices'`)
	r.guest("Bob", desk)
	lin.sees("People · 2 here")
	lin.redrawn()
	if got := eval[string](lin, names); got != "Zoe,My devices" {
		t.Errorf("they moved: %s", got)
	}
}

// redrawn waits until the page has drawn what it heard of.
func (p *tab) redrawn() {
	p.t.Helper()
	eval[chromedp.Void](p, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`)
}

func TestSavingAChat(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	lin, ann := r.owner(desk), r.guest("Ann", desk)
	ann.chat("Lin Wei")
	lin.chat("Ann")
	note := noise(t, "note.bin", 70_000)
	ann.pick(note)
	ann.fill("#box", "keep this")
	ann.post()
	lin.says("keep this")
	dir := t.TempDir()
	info, err := chromedp.Call(lin.ctx, target.GetTargetInfo, target.GetTargetInfoParams{})
	lin.must(err)
	do(lin, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir, BrowserContextID: info.TargetInfo.BrowserContextID})
	lin.clickOn("the menu of the chat", `document.querySelector('#chat-menu')`)
	lin.click("Save this chat")
	// Its name may be there before all of it is.
	var z *zip.ReadCloser
	lin.eventually("the saved chat", func() bool {
		found, _ := filepath.Glob(filepath.Join(dir, "*.zip"))
		if len(found) == 1 {
			z, _ = zip.OpenReader(found[0])
		}
		return z != nil
	})
	defer z.Close()
	read := func(name string) []byte {
		t.Helper()
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var kept struct {
		Messages []struct {
			Content string
			Paths   []string
		}
	}
	if err := json.Unmarshal(read("messages.json"), &kept); err != nil || len(kept.Messages) != 1 || len(kept.Messages[0].Paths) != 1 {
		t.Fatalf("messages.json: %v, %+v", err, kept)
	}
	want, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read(kept.Messages[0].Paths[0]), want) {
		t.Error("the file in the zip is another")
	}
	index := read("index.html")
	if !strings.HasPrefix(http.DetectContentType(index), "text/html") {
		t.Error("index.html is no page")
	}
	path := filepath.Join(t.TempDir(), "index.html")
	if err := os.WriteFile(path, index, 0o600); err != nil {
		t.Fatal(err)
	}
	reader := r.device("a reader", desk)
	reader.must(chromedp.Do(reader.ctx, chromedp.Navigate("file://"+path)))
	reader.until("the message in the saved page", `document.body.innerText.includes('keep this')`)
}
