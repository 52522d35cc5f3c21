package ui_test

import "github.com/chromedp/chromedp"

// findScenes are the signs of the list, its menu, and searching.
var findScenes = []scene{
	{name: "list-signs", bring: func(s *stage) *tab {
		p := s.home()
		eval[chromedp.Void](p, `(async set => {
			await set($1, {pinned: true, marked: true})
			await set($2, {muted: true})
		})((who, to) => fetch('/api/chats/' + who, {method: 'PATCH', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(to)}))`, s.ids["Sam Okafor"], s.ids["Rosa Jiménez"])
		p.until("a pin, a dot and a quiet number", `document.querySelector('.row .sign') && document.querySelector('.n.bare') && document.querySelector('.n.quiet')`)
		return p
	}},
	{name: "row-menu", fleeting: true, bring: func(s *stage) *tab {
		p := s.home()
		p.until("the row", `document.querySelector('.row[data-who="'+$1+'"]')`, s.ids["Alice Meyer"])
		eval[chromedp.Void](p, `document.querySelector('.row[data-who="'+$1+'"]').dispatchEvent(new MouseEvent('contextmenu', {bubbles: true, cancelable: true, clientX: 120, clientY: 190}))`, s.ids["Alice Meyer"])
		p.seesWord("menu.pin")
		return p
	}},
	{name: "search", bring: func(s *stage) *tab {
		p := s.home()
		p.fill("#find", "al")
		p.until("people and messages", `document.querySelector('#found-people') && document.querySelector('.hit mark') && !document.querySelector('#stop')`)
		return p
	}},
	{name: "search-nothing", bring: func(s *stage) *tab {
		p := s.home()
		p.fill("#find", "nowhere")
		p.until("that there is nothing", `document.querySelector('.hint.nothing')`)
		return p
	}},
	{name: "search-here", bring: func(s *stage) *tab {
		p := s.chat("Alice Meyer")
		p.clickOn("the button", `document.querySelector('#chat-find')`)
		p.fill("#infind", "the")
		p.until("matches", `document.querySelector('.searchbar .count').innerText.includes('6') && CSS.highlights.get('found')?.size > 2`)
		return p
	}},
}
