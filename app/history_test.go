package app

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestHistoryPages(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Rate = 0 })
	a := h.setUp("Alice")
	var all []string
	for i := 1; i <= 260; i++ {
		all = append(all, itoa(i))
		a.say(1, itoa(i))
	}
	for query, want := range map[string]struct {
		texts []string
		more  bool
	}{
		"":                               {all[210:], true},
		"?limit=3":                       {all[257:], true},
		"?limit=1000":                    {all[60:], true},
		"?limit=0":                       {all[259:], true},
		"?limit=-7":                      {all[259:], true},
		"?limit=99999999999999999999":    {all[60:], true},
		"?before=4":                      {all[:3], false},
		"?before=4&limit=2":              {all[1:3], true},
		"?before=1":                      {nil, false},
		"?before=0":                      {nil, false},
		"?before=9999&limit=1":           {all[259:], true},
		"?after=258":                     {all[258:], false},
		"?after=5&limit=2":               {all[5:7], true},
		"?after=0":                       {all[:50], true},
		"?after=0&limit=200":             {all[:200], true},
		"?after=0&limit=150":             {all[:150], true},
		"?after=260":                     {nil, false},
		"?around=100&limit=4":            {all[97:101], true},
		"?before=&after=&around=&limit=": {all[210:], true},
	} {
		got, more := a.texts(1, query)
		if !cmp.Equal(got, want.texts) || more != want.more {
			t.Errorf("%s gives %v, more %v", query, got, more)
		}
	}
	for _, query := range []string{"?at=1&around=5", "?at=yesterday", "?at=-1", "?before=1&after=2", "?before=5&around=5", "?after=x", "?before=-1", "?before=01", "?before=1.5",
		"?around=99999999999999999999", "?limit=x", "?limit=1e2", "?limit=+5", "?limit=-"} {
		a.call("GET", "/api/chats/1/messages"+query, nil).want(t, 400, "bad_request")
	}
	a.call("GET", "/api/chats/9/messages", nil).want(t, 404, "not_found")
}

func TestHistoryAtATime(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Rate = 0 })
	a := h.setUp("Alice")
	b := h.join("Bob")
	start := h.clock.Now()
	var all []string
	for day := range 5 {
		for i := range 4 {
			all = append(all, itoa(day)+itoa(i))
			a.say(2, all[len(all)-1])
			h.clock.advance(time.Minute)
		}
		h.clock.advance(24*time.Hour - 4*time.Minute)
	}
	// What was removed is stepped over: 20 and 21 begin the third day.
	for _, seq := range []int{9, 10} {
		a.call("DELETE", "/api/chats/2/messages/"+itoa(seq), nil).want(t, 204, "")
	}
	at := func(d time.Duration) string { return "?limit=2&at=" + itoa(int(start.Add(d).UnixMilli())) }
	const day = 24 * time.Hour
	for query, want := range map[string][]string{
		"?limit=2&at=1":                   {"00"},
		"?limit=2&at=0":                   {"00", "01"},
		at(0):                             {"00"},
		at(day):                           {"03", "10"},
		at(day + time.Millisecond):        {"10", "11"},
		at(2 * day):                       {"13", "22"},
		at(2*day + 3*time.Minute):         {"22", "23"},
		at(4*day + 3*time.Minute):         {"42", "43"},
		at(9 * day):                       {"42", "43"},
		"?limit=2&at=9223372036854775808": {"42", "43"},
	} {
		got, more := a.texts(2, query)
		if !cmp.Equal(got, want) || !more {
			t.Errorf("%s gives %v, more %v, instead of %v", query, got, more, want)
		}
	}
	if got, _ := b.texts(1, at(2*day)); !cmp.Equal(got, []string{"13", "20"}) {
		t.Errorf("the other side, where nothing was removed, gives %v", got)
	}
	b.call("DELETE", "/api/chats/1", nil).want(t, 204, "")
	if got, more := b.texts(1, at(0)); got != nil || more {
		t.Errorf("a deleted chat gives %v", got)
	}
	a.say(2, "anew")
	if got, more := b.texts(1, at(0)); !cmp.Equal(got, []string{"anew"}) || more {
		t.Errorf("a chat that came back gives %v", got)
	}
}
