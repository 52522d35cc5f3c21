package ui_test

import (
	"strings"
	"testing"
)

// Some apps hand the address of the page that they show on to a browser.
func TestAnInvitationOutlivesAReloadUntilOneIsIn(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.owner(desk)
	ann := r.device("Ann", phone)
	ann.open(r.app.URL() + "#join=welcome")
	asked := `document.querySelector('input[name=name]') && !document.querySelector('input[name=code]')`
	ann.until("a name asked for, and no code", asked)
	ann.reload()
	ann.until("a name asked for, and no code", asked)
	if got := eval[string](ann, `location.hash`); got != "#join=welcome" {
		t.Errorf("handed on would be %s", got)
	}
	ann.fill("input[name=name]", "Ann")
	ann.submit()
	ann.until("the two lists", `document.querySelector('#tab-people')`)
	ann.until("no code in the address", `location.hash === '#/'`)

	// The same link once more, for who is in already.
	ann.open(r.app.URL() + "#join=welcome")
	ann.until("no code in the address", `location.hash === '#/'`)

	// What signs in once is gone at once, also where it does not work.
	bob := r.device("Bob", desk)
	bob.open(r.app.URL() + "#link=" + strings.Repeat("A", 22))
	bob.sees("This link has been used already")
	if got := eval[string](bob, `location.hash`); strings.Contains(got, "link") {
		t.Errorf("the link stays in the address: %s", got)
	}
}
