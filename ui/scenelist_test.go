package ui_test

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// doorScenes are what somebody sees who isn't in yet.
var doorScenes = []scene{
	{name: "start", bring: func(s *stage) *tab { return s.first() }},
	{name: "start-elsewhere", bring: func(s *stage) *tab {
		p := s.stranger(s.fresh(), "")
		p.seesWord("setup.closed.title")
		return p
	}},
	{name: "alone", bring: func(s *stage) *tab {
		p := s.first()
		p.submit()
		p.seesWord("side.alone")
		return p
	}},
	{name: "join", bring: func(s *stage) *tab {
		s.home()
		p := s.stranger(s.room, "#join=welcome")
		p.until("a field for the name", `document.querySelector('input[name=name]')`)
		return p
	}},
	{name: "join-refused", bring: func(s *stage) *tab {
		s.home()
		p := s.stranger(s.room, "#join=wrong")
		p.fill("input[name=name]", "Mona")
		p.submit()
		p.seesWord("door.forbidden")
		return p
	}},
	{name: "signin", bring: func(s *stage) *tab {
		s.home()
		p := s.stranger(s.room, "")
		p.until("a field for the password", `document.querySelector('input[name=password]')`)
		return p
	}},
	{name: "signin-old-link", bring: func(s *stage) *tab {
		s.home()
		p := s.stranger(s.room, "#link=used")
		p.seesWord("door.link")
		return p
	}},
	{name: "lost", bring: func(s *stage) *tab {
		s.home()
		p := s.stranger(s.room, "")
		do(p, network.Enable, network.EnableParams{})
		do(p, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/api/host", Block: true}}})
		p.must(chromedp.Do(p.ctx, chromedp.Reload()))
		p.seesWord("lost.title")
		return p
	}},
}

// listScenes are the left side.
var listScenes = []scene{
	{name: "lists", bring: func(s *stage) *tab { return s.home() }},
	{name: "people", bring: func(s *stage) *tab {
		p := s.home()
		eval[chromedp.Void](p, `document.querySelector('#tab-people').click()`)
		p.until("the list of people", `document.querySelector('#tab-people').ariaSelected === 'true'`)
		return p
	}},
	{name: "invite", bring: func(s *stage) *tab {
		p := s.home()
		p.place("#/invite")
		p.until("an address", `document.querySelector('.copyrow')`)
		return p
	}},
}

// talkScenes are the conversation.
var talkScenes = []scene{
	{name: "talk", bring: func(s *stage) *tab { return s.chat("Alice Meyer") }},
	{name: "message-menu", fleeting: true, bring: func(s *stage) *tab {
		p := s.chat("Alice Meyer")
		eval[chromedp.Void](p, `(b => { const at = b.getBoundingClientRect(); b.dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true, clientX: at.left + 40, clientY: at.bottom - 12})) })(`+bubble+`)`, said)
		p.until("a menu", `document.querySelector('#menu [role=menuitem]')`)
		return p
	}},
	{name: "chat-menu", fleeting: true, bring: func(s *stage) *tab { return s.chatMenu() }},
	{name: "edit", bring: func(s *stage) *tab {
		p := s.chat("Alice Meyer")
		p.menu(said, p.word("menu.edit"))
		p.seesWord("editing")
		return p
	}},
	{name: "emoji", bring: func(s *stage) *tab { return s.emoji() }},
	{name: "emoji-found", bring: func(s *stage) *tab {
		p := s.emoji()
		p.fill(".look", "笑")
		p.until("what was found", `document.querySelectorAll('.emojis [role=option]').length < 80`)
		return p
	}},
	{name: "too-long", bring: func(s *stage) *tab {
		p := s.chat("Sam Okafor")
		p.fill("#box", strings.Repeat("All that was said at the gate. ", 1_060))
		p.until("how much is too much", `document.querySelector('.limit.over')`)
		return p
	}},
	{name: "sure", bring: func(s *stage) *tab {
		p := s.chatMenu()
		p.click(p.word("menu.deleteChat"))
		p.until("a question", `document.querySelector('dialog[open]')`)
		return p
	}},
	{name: "offline", bring: func(s *stage) *tab {
		r := s.fresh()
		p := r.owner(s.look)
		p.place("#/chat/%d", r.member("Sam Okafor").id)
		p.until("the conversation", `document.querySelector('#log[aria-busy=false]')`)
		p.fill("#box", "See you at nine.")
		p.post()
		p.tick("See you at nine.", "host")
		r.stop()
		p.seesWord("banner.cut")
		p.fill("#box", "I am on my way.")
		p.post()
		p.tick("I am on my way.", "waiting")
		return p
	}},
}

// ownScenes are what belongs to oneself.
var ownScenes = []scene{
	{name: "settings", fleeting: true, bring: func(s *stage) *tab {
		p := s.home()
		p.place("#/settings")
		p.until("my devices", `document.querySelector('.devices li')`)
		return p
	}},
	{name: "device-link", bring: func(s *stage) *tab {
		p := s.home()
		p.place("#/settings")
		p.until("my devices", `document.querySelector('.devices li')`)
		p.click(p.word("settings.devices.add"))
		p.until("a link", `document.querySelector('dialog[open] code')`)
		return p
	}},
	{name: "shortcuts", bring: func(s *stage) *tab {
		p := s.home()
		do(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "?", Text: "?", WindowsVirtualKeyCode: 191, Modifiers: modShift})
		p.until("the sheet", `document.querySelector('#shortcuts[open] kbd')`)
		return p
	}},
}

// first is the page on which whoever starts a new host gives a name.
func (s *stage) first() *tab {
	s.t.Helper()
	r := s.fresh()
	p := s.stranger(r, "#token="+r.app.Token())
	p.until("a name filled in", `document.querySelector('input[name=name]')?.value === 'Lin Wei'`)
	return p
}

// chatMenu is the menu of the chat with Alice Meyer.
func (s *stage) chatMenu() *tab {
	s.t.Helper()
	p := s.chat("Alice Meyer")
	p.clickOn("the menu of the chat", `document.querySelector('#chat-menu')`)
	p.until("a menu", `document.querySelector('#menu [role=menuitem]')`)
	return p
}

// emoji is the card of emoji in the same chat.
func (s *stage) emoji() *tab {
	s.t.Helper()
	p := s.chat("Alice Meyer")
	p.clickOn("the emoji", `document.querySelector('#emoji')`)
	p.until("some emoji", `document.querySelector('.emojis [role=option]')`)
	return p
}

// stranger is a browser that has never been in that room.
func (s *stage) stranger(r *room, hash string) *tab {
	s.t.Helper()
	p := r.device("somebody", s.look)
	p.open(r.app.URL() + hash)
	return p
}

// word is what the page says for a key of its dictionaries, in its language.
func (p *tab) word(key string) string {
	p.t.Helper()
	p.until("the page", `document.body?.dataset.phase !== 'loading'`)
	lang := eval[string](p, `document.documentElement.lang.slice(0, 2)`)
	said := regexp.MustCompile(`(?m)^  '` + regexp.QuoteMeta(key) + `': '(.*)',$`)
	for name, text := range own(p.t, ".js") {
		if found := said.FindStringSubmatch(text); found != nil && strings.HasPrefix(name, "js/words/"+lang+"/") {
			return found[1]
		}
	}
	p.t.Fatalf("%s has no plain words in %s", key, lang)
	return ""
}

func (p *tab) seesWord(key string) {
	p.t.Helper()
	p.sees(p.word(key))
}

// place leads to an address within the page, as a link there would.
func (p *tab) place(form string, args ...any) {
	p.t.Helper()
	// A dialog that was closed takes its place in the history with it, which is
	// a way of its own.
	p.until("the page at rest", `!history.state?.over || document.querySelector('dialog[open]')`)
	eval[chromedp.Void](p, `location.hash = $1`, fmt.Sprintf(form, args...))
	if len(args) > 0 {
		p.until("the chat", `document.querySelector('.row[aria-current]')?.dataset.who === $1`, fmt.Sprint(args...))
	}
}

// clickOn clicks what an expression finds.
func (p *tab) clickOn(what, js string, args ...any) {
	p.t.Helper()
	p.until(what, js, args...)
	eval[chromedp.Void](p, js+`.click()`, args...)
}
