package ui_test

import "image/color"

// spaceScenes are the owner's warning that little room is left for files.
var spaceScenes = []scene{
	{name: "space-warn", bring: func(s *stage) *tab { return s.short() }},
	{name: "space-cap", bring: func(s *stage) *tab {
		p := s.short()
		p.clickOn("the warning", `document.querySelector('#side .spacenote')`)
		p.until("what it takes", `document.querySelector('dialog[open] .storage')`)
		return p
	}},
}

// short is the owner's page where files have little room left.
func (s *stage) short() *tab {
	s.t.Helper()
	r := roomy(s.t)
	s.look.lang = s.lang
	p := r.owner(s.look)
	r.member("Ann").say(1, "Did the photos arrive?")
	p.takes(9_100_000_000)
	if !eval[bool](p, `fetch('/api/storage', {method: 'PATCH', headers: {'Content-Type': 'application/json'}, body: '{"cap":10000000000}'}).then(a => a.ok)`) {
		s.t.Fatal("no cap")
	}
	p.reload()
	p.until("the warning", `document.querySelector('#side .spacenote')`)
	return p
}

// deviceScenes are what goes between one's own devices.
var deviceScenes = []scene{
	{name: "own-devices", bring: func(s *stage) *tab {
		p := s.chat("Lin Wei")
		if eval[bool](p, `!document.querySelector('.sender:not(.me)')`) {
			small := phone
			small.lang = s.lang
			hand := s.room.again(p, small)
			hand.place("#/chat/%d", 1)
			hand.pick(photo(s.t, "gate.png", 600, 800, color.RGBA{90, 130, 120, 255}))
			hand.fill("#box", "The gate this morning")
			hand.post()
			hand.says("The gate this morning")
			hand.pick(photo(s.t, "shelf.png", 800, 600, color.RGBA{150, 120, 90, 255}), photo(s.t, "yard.png", 900, 600, color.RGBA{90, 100, 150, 255}), photo(s.t, "way.png", 700, 600, color.RGBA{150, 100, 110, 255}))
			hand.post()
			hand.until("the album", `document.querySelectorAll('.m .album img').length === 3`)
			p.says("The gate this morning")
			p.fill("#box", "Print this, and call 张伟 about the labels that are missing before the van leaves at three in the afternoon.")
			p.post()
			p.pick(paper(s.t, "Delivery note 2291 with all the corrections of November.pdf", make([]byte, 48_000)))
			p.post()
			p.until("the paper", `document.querySelector('.m a.file')`)
			p.fill("#box", "ok")
			p.post()
			p.says("ok")
		}
		p.until("the pictures", `[...document.querySelectorAll('.m .picture img')].every(i => i.complete)`)
		return p
	}},
}
