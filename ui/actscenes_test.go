package ui_test

// said is a message of mine in the chat with Alice Meyer.
const said = "Delivery note 2291 says the same."

// actScenes are what is done with messages.
var actScenes = []scene{
	{name: "replying", bring: func(s *stage) *tab {
		p := s.chat("Alice Meyer")
		p.menu(said, p.word("menu.reply"))
		p.until("what is answered", `document.querySelector('.replying .q')`)
		return p
	}},
	{name: "selecting", bring: func(s *stage) *tab {
		p := s.chat("Alice Meyer")
		p.menu(said, p.word("menu.pick"))
		p.until("the bar", `document.querySelector('.picks') && document.querySelector('.m.picked .pick')`)
		return p
	}},
	{name: "undo", bring: func(s *stage) *tab {
		p := s.toMyself("Not for long.")
		p.ponders()
		p.menu("Not for long.", p.word("menu.remove"))
		p.until("the way back", `document.querySelector('.undobar button')`)
		return p
	}},
	{name: "details", bring: func(s *stage) *tab {
		p := s.chat("Alice Meyer")
		p.menu(said, p.word("details"))
		p.until("the details", `document.querySelector('dialog[open] .details')`)
		return p
	}},
	{name: "date", bring: func(s *stage) *tab {
		p := s.chatMenu()
		p.click(p.word("menu.date"))
		p.until("a field for the day", `document.querySelector('dialog[open] input[type=date]')`)
		return p
	}},
	{name: "rich", bring: func(s *stage) *tab {
		p := s.toMyself("Run `go vet ./...` and then\n```\ngo test ./...\n```\nsee https://example.org/build")
		p.until("code", `document.querySelector('.m .block')`)
		p.fill("#box", "👍🏽😀")
		p.post()
		p.until("large emoji", `document.querySelector('.m.big')`)
		return p
	}},
}

// toMyself sends a message to the owner's own devices.
func (s *stage) toMyself(text string) *tab {
	s.t.Helper()
	p := s.home()
	p.place("#/chat/1")
	p.until("the conversation", `document.querySelector('#log[aria-busy=false] .m')`)
	n := eval[int](p, `document.querySelectorAll('.m').length`)
	p.fill("#box", text)
	p.post()
	p.until("it at the host", `document.querySelectorAll('.m').length > $1 && !document.querySelector('.m:not([data-seq])')`, n)
	return p
}
