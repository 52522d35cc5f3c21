package app

import (
	"net/url"
	"strings"
	"testing"

	"duologue/app/lan"
)

func (p *testPerson) qr(text string) testAnswer {
	p.h.Helper()
	return p.call("GET", "/api/invite/qr.svg?url="+url.QueryEscape(text), nil)
}

func TestLinksAreDrawn(t *testing.T) {
	h := startHost(t, func(o *Options) {
		o.Addr = "0.0.0.0:0"
		o.Network = func() lan.Network { return networkOf("192.168.1.5", "10.0.0.7", "2001:db8::5") }
	})
	a := h.setUp("Alice")
	b := h.join("Bob")
	links := []string{b.call("POST", "/api/me/links", nil).want(t, 201, "").json(t)["url"].(string),
		a.call("POST", "/api/people/2/links", nil).want(t, 201, "").json(t)["url"].(string)}
	invite := b.call("GET", "/api/invite", nil).want(t, 200, "").json(t)
	for _, u := range invite["urls"].([]any) {
		links = append(links, u.(string))
	}
	links = append(links, invite["local"].(string), "http://192.168.1.5:"+itoa(h.app.bound.Port)+"/")
	if len(links) != 7 {
		t.Fatalf("links %v", links)
	}
	for _, link := range links {
		answer := b.qr(link).want(t, 200, "")
		if got := answer.header.Get("Content-Type"); got != "image/svg+xml" {
			t.Errorf("it comes as %s", got)
		}
		// That cameras read what is drawn of such a link is tested where it is drawn.
		if want, err := lan.DrawQR(link); err != nil || string(answer.body) != want {
			t.Errorf("of %q came %.300s, %v", link, answer.body, err)
		}
	}
	h.nobody().qr(links[0]).want(t, 401, "unauthorized")
}

func TestOnlyOwnLinksAreDrawn(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Addr = "0.0.0.0:0" })
	a := h.setUp("Alice")
	own := "http://192.168.1.5:" + itoa(h.app.bound.Port)
	a.qr(own+"/#join=abc").want(t, 200, "")
	for _, text := range []string{
		"", "x", own, own + "/x", own + "/?x=1", own + "/#", own + "/#join=", own + "/#token=abc", own + "/#join=a b", own + "/#join=<script>",
		own + "/#join=abc&x=1", own + "/#join=" + strings.Repeat("a", 300),
		"http://evil.example/#join=abc", "http://192.168.1.6:7272/#join=abc", "http://192.168.1.5:1/#join=abc",
		strings.Replace(own, "http", "https", 1) + "/#join=abc", strings.Replace(own, "http://", "http://user@", 1) + "/#join=abc",
		own + ".evil.example/#join=abc", "javascript:alert(1)", "HTTP" + own[4:] + "/#join=abc", "//192.168.1.5/", "http://192.168.1.5%00/",
	} {
		a.qr(text).want(t, 422, "invalid")
	}
	a.call("GET", "/api/invite/qr.svg", nil).want(t, 422, "invalid")
}
