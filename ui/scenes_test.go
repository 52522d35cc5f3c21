package ui_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// scene is a state that the page can be in. bring leads somebody's page
// there, from wherever it stands. The same scenes are kept as pictures, are
// looked through for barriers, and have to fit a narrow screen.
type scene struct {
	name  string
	bring func(*stage) *tab
	// fleeting is what goes when the window changes its size, so that it has
	// to be brought for every size anew.
	fleeting bool
}

// scenes are all of them: each room of the page has a list of its own.
var scenes = slices.Concat(doorScenes, listScenes, findScenes, talkScenes, actScenes, fileScenes, ownScenes, deviceScenes, spaceScenes, lanScenes)

// langs are the languages that the page speaks.
var langs = []string{"en-GB", "zh-CN"}

// stage is where the scenes are played: a room with people in it who have
// talked since yesterday, made when the first scene asks for it.
type stage struct {
	t    *testing.T
	lang string
	look look // in which the scene is to be brought
	room *room
	lin  *tab // the owner
	ids  map[string]int
}

// walk brings every scene in every view and shows it to see. With
// DUOLOGUE_SCENES only those whose names hold one of its words are played.
func walk(t *testing.T, lang string, views []view, see func(p *tab, scene, view string)) {
	t.Helper()
	s := &stage{t: t, lang: lang}
	words := strings.Fields(os.Getenv("DUOLOGUE_SCENES"))
	for _, sc := range scenes {
		if len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(sc.name, w) }) {
			continue
		}
		var p *tab
		for _, v := range views {
			s.look = v.look
			s.look.lang = lang
			if p == nil || sc.fleeting {
				p = sc.bring(s)
			}
			p.wear(s.look)
			see(p, sc.name, v.name)
		}
	}
}

// wear dresses the page and waits until it has drawn itself in that.
func (p *tab) wear(l look) {
	p.t.Helper()
	p.dress(l)
	p.until("the new size", `innerWidth === $1`, l.width)
	eval[chromedp.Void](p, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`)
}

// fresh is another room that nobody has been in.
func (s *stage) fresh() *room { return newRoom(s.t) }

// home is the owner's page in the room full of people, newly loaded and
// already dressed.
func (s *stage) home() *tab {
	s.t.Helper()
	if s.room == nil {
		s.fill()
	}
	s.lin.dress(s.look)
	eval[chromedp.Void](s.lin, `history.replaceState(null, '', '#/')`)
	s.lin.reload()
	s.lin.until("the lists", `document.querySelector('.row time')`)
	return s.lin
}

// reload loads the page anew and waits until it is another one.
func (p *tab) reload() {
	p.t.Helper()
	eval[chromedp.Void](p, `window.before = true`)
	p.must(chromedp.Do(p.ctx, chromedp.Reload()))
	p.until("a new page", `!window.before && document.body.dataset.phase !== 'loading'`)
}

// chat is the owner's page in the chat with somebody.
func (s *stage) chat(name string) *tab {
	s.t.Helper()
	p := s.home()
	p.place("#/chat/%d", s.ids[name])
	p.until("the conversation with "+name, `document.querySelector('#log[aria-busy=false] .m')`)
	return p
}

// fill lets people come, and talk yesterday and today.
func (s *stage) fill() {
	s.t.Helper()
	s.room = newRoom(s.t)
	s.room.late.Store(int64(20 * time.Hour))
	l := desk
	l.lang = s.lang
	lin := s.room.owner(l)
	s.lin = lin
	sam, rosa, wei := s.room.member("Sam Okafor"), s.room.member("Rosa Jiménez"), s.room.member("张伟")
	alice := s.room.guest("Alice Meyer", desk)
	s.ids = map[string]int{"Lin Wei": 1, "Sam Okafor": sam.id, "Rosa Jiménez": rosa.id, "张伟": wei.id,
		"Alice Meyer": eval[int](alice, `fetch('/api/host').then(r => r.json()).then(h => h.me.id)`)}

	sam.say(1, "The delivery is at the gate")
	alice.place("#/chat/%d", 1)
	alice.until("the cursor in the field", `document.activeElement?.id === 'box'`)
	alice.say("Did the new labels arrive?")
	lin.place("#/chat/%d", sam.id)
	lin.says("The delivery is at the gate")
	lin.say("see you at the door")
	lin.place("#/chat/%d", s.ids["Alice Meyer"])
	lin.says("Did the new labels arrive?")
	lin.say("Yes, two boxes. They are behind the counter, left side.")
	lin.say("I counted 480, the note says 500.")
	lin.tick("I counted 480, the note says 500.", "read")

	s.room.late.Store(0)
	lin.place("#/chat/%d", 1)
	lin.say("https://192.168.1.5:7272/#join=welcome")
	wei.say(1, "你好，明天开会吗？")
	lin.place("#/chat/%d", wei.id)
	lin.says("你好，明天开会吗？")
	lin.fill("#box", "明天下午三点可以")
	lin.place("#/chat/%d", s.ids["Alice Meyer"])
	lin.says("Did the new labels arrive?")
	lin.say(said)
	lin.place("#/")
	for range 5 {
		rosa.say(1, "Are you there?")
	}
	alice.say("我数了一下，确实少了 20 张。I'll call them.")
	alice.say("They bring the rest on Thursday, look at https://example.org/orders/2291")
	lin.until("what is new", `[...document.querySelectorAll('.n')].some(n => n.innerText === '2')`)
}
