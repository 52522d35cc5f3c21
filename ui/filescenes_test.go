package ui_test

import "image/color"

// fileScenes are files before, while and after they are sent.
var fileScenes = []scene{
	{name: "files-chosen", bring: func(s *stage) *tab {
		p := s.chat("Sam Okafor")
		p.pick(photo(s.t, "IMG_20261103_094512.png", 800, 600, color.RGBA{120, 150, 190, 255}), paper(s.t, "Delivery note 2291 with all the corrections of November.pdf", make([]byte, 48_000)))
		return p
	}},
	{name: "files-uploading", bring: func(s *stage) *tab {
		p := s.chat("Rosa Jiménez")
		p.hold(1)
		p.pick(noise(s.t, "the whole yard from above.mov", 8<<20))
		p.post()
		p.until("how far it is", `document.querySelector('.way progress')?.value > 0`)
		return p
	}},
	{name: "files-sent", bring: func(s *stage) *tab { return s.withFiles() }},
	{name: "viewer", bring: func(s *stage) *tab {
		p := s.withFiles()
		p.clickOn("a picture", `document.querySelector('.m button.picture')`)
		p.until("the viewer", `document.querySelector('#viewer[open] img')?.complete`)
		return p
	}},
	{name: "files-forward", bring: func(s *stage) *tab {
		p := s.withFiles()
		p.menu("The shelf, the gate, the yard, and the note.", p.word("menu.forward"))
		p.until("the people", `document.querySelector('dialog[open] .chooser')`)
		return p
	}},
	{name: "files-storage", bring: func(s *stage) *tab {
		p := s.withFiles()
		p.settings()
		p.click(p.word("storage.open"))
		p.until("what it takes, from its title on", `document.querySelector('dialog[open] .storage') && document.querySelector('dialog[open]').scrollTop === 0`)
		return p
	}},
}

// withFiles is the owner's page in a chat with an album, a picture and files.
func (s *stage) withFiles() *tab {
	s.t.Helper()
	p := s.chat("Alice Meyer")
	if eval[bool](p, `!document.querySelector('.m a.file')`) {
		p.pick(photo(s.t, "shelf.png", 800, 600, color.RGBA{150, 120, 90, 255}), photo(s.t, "gate.png", 600, 800, color.RGBA{90, 130, 120, 255}),
			photo(s.t, "yard.png", 900, 600, color.RGBA{90, 100, 150, 255}), paper(s.t, "Delivery note 2291 with all the corrections of November.pdf", make([]byte, 48_000)))
		p.fill("#box", "The shelf, the gate, the yard, and the note.")
		p.post()
		p.until("the files", `document.querySelectorAll('.m .album img').length === 3 && document.querySelector('.m a.file')`)
	}
	p.until("the pictures", `[...document.querySelectorAll('.m .album img')].every(i => i.complete)`)
	return p
}
