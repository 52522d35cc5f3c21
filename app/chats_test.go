package app

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cidOf makes a client's name for a message.
func cidOf(text string) string { return ("0000000000000000" + text)[len(text):] }

// say sends a message by a request and gives its seq.
func (p *testPerson) say(to int, content string) int {
	p.h.Helper()
	body := map[string]any{"cid": cidOf(itoa(to) + "-" + itoa(len(content)) + "-" + itoa(p.next())), "content": content}
	return int(p.call("POST", "/api/chats/"+itoa(to)+"/messages", body).want(p.h, 201, "").json(p.h)["seq"].(float64))
}

// next counts the messages of all of a test's people.
func (p *testPerson) next() int { p.h.sent++; return p.h.sent }

// texts lists what a page of a history says, and whether there is more.
func (p *testPerson) texts(who int, query string) (out []string, more bool) {
	p.h.Helper()
	got := p.call("GET", "/api/chats/"+itoa(who)+"/messages"+query, nil).want(p.h, 200, "").json(p.h)
	for _, m := range got["messages"].([]any) {
		out = append(out, m.(map[string]any)["content"].(string))
	}
	return out, got["more"].(bool)
}

func TestChats(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	b := h.join("Bob")
	got := a.call("PUT", "/api/chats/2", nil).want(t, 201, "").json(t)["chat"].(map[string]any)
	want := map[string]any{"id": got["id"], "user": 1.0, "who": 2.0, "name": "Bob", "new": 0.0, "read": 0.0, "peer_got": 0.0, "peer_read": 0.0,
		"last": nil, "date": got["date"], "draft": "", "pinned": false, "muted": false, "marked": false}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if again := a.call("PUT", "/api/chats/2", "{}").want(t, 200, "").json(t)["chat"].(map[string]any); again["id"] != got["id"] {
		t.Errorf("a second chat %v", again)
	}
	a.call("PUT", "/api/chats/1", nil).want(t, 201, "") // with oneself
	a.call("PUT", "/api/chats/3", nil).want(t, 404, "not_found")

	got = a.call("PATCH", "/api/chats/2", `{"draft":"dear B","pinned":true,"muted":true,"marked":true}`).want(t, 200, "").json(t)["chat"].(map[string]any)
	if got["draft"] != "dear B" || got["pinned"] != true || got["muted"] != true || got["marked"] != true {
		t.Errorf("chat %v", got)
	}
	got = a.call("PATCH", "/api/chats/2", `{"pinned":false}`).want(t, 200, "").json(t)["chat"].(map[string]any)
	if got["draft"] != "dear B" || got["pinned"] != false {
		t.Errorf("chat %v", got)
	}
	a.call("PATCH", "/api/chats/2", map[string]any{"draft": strings.Repeat("x", 32<<10+1)}).want(t, 413, "too_big")
	a.call("PATCH", "/api/chats/2", `{"new":0}`).want(t, 400, "bad_request")
	// The other side has no chat yet, and another person's is none of theirs.
	b.call("PATCH", "/api/chats/1", `{"pinned":true}`).want(t, 404, "not_found")
	if got, _ := b.texts(1, ""); got != nil {
		t.Errorf("history without a chat: %v", got)
	}
	a.say(2, "hello")
	got = b.call("PATCH", "/api/chats/1", `{}`).want(t, 200, "").json(t)["chat"].(map[string]any)
	if got["new"] != 1.0 || got["name"] != "Alice" || got["last"].(map[string]any)["content"] != "hello" {
		t.Errorf("chat %v", got)
	}
	b.call("DELETE", "/api/chats/1", nil).want(t, 204, "")
	b.call("DELETE", "/api/chats/1", nil).want(t, 204, "")
	if mine, _ := a.texts(2, ""); !cmp.Equal(mine, []string{"hello"}) {
		t.Errorf("after the other side deleted: %v", mine)
	}
}

func TestSync(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	b := h.join("Bob")
	got := a.call("GET", "/api/sync", nil).want(t, 200, "").json(t)
	if got["epoch"] != h.app.store.Epoch() || len(got["people"].([]any)) != 2 || len(got["chats"].([]any)) != 0 || got["now"].(float64) != float64(h.clock.Now().UnixMilli()) {
		t.Errorf("sync %v", got)
	}
	for _, p := range got["people"].([]any) {
		if _, tells := p.(map[string]any)["receipts"]; tells {
			t.Errorf("%v tells others about receipts", p)
		}
	}
	b.say(1, "hi")
	b.say(1, "there")
	after := a.call("GET", "/api/sync", nil).want(t, 200, "").json(t)
	chat := after["chats"].([]any)[0].(map[string]any)
	if chat["new"] != 2.0 || chat["name"] != "Bob" || chat["last"].(map[string]any)["content"] != "there" || after["ev"].(float64) < got["ev"].(float64)+2 {
		t.Errorf("sync %v", after)
	}
	// A removed person keeps the name in the chat with them.
	a.call("DELETE", "/api/people/2", nil).want(t, 204, "")
	after = a.call("GET", "/api/sync", nil).want(t, 200, "").json(t)
	if len(after["people"].([]any)) != 1 || after["chats"].([]any)[0].(map[string]any)["name"] != "Bob" {
		t.Errorf("sync %v", after)
	}
}

func TestPostMessage(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	h.join("Bob")
	body := map[string]any{"cid": cidOf("a"), "content": "hello"}
	first := a.call("POST", "/api/chats/2/messages", body).want(t, 201, "").json(t)
	if first["type"] != "ack" || first["cid"] != cidOf("a") || first["who"] != 2.0 || first["seq"] != 1.0 || first["ev"].(float64) < 1 || first["date"].(float64) < 1 {
		t.Errorf("ack %v", first)
	}
	if d := cmp.Diff(first, a.call("POST", "/api/chats/2/messages", body).want(t, 200, "").json(t)); d != "" {
		t.Errorf("the repeat: %s", d)
	}
	a.call("POST", "/api/chats/2/messages", map[string]any{"cid": cidOf("a"), "content": "other"}).want(t, 409, "conflict")
	a.call("POST", "/api/chats/1/messages", body).want(t, 409, "conflict")
	a.call("POST", "/api/chats/2/messages", map[string]any{"cid": cidOf("b"), "content": "re", "reply": 1}).want(t, 201, "")
	for _, c := range []struct {
		body   map[string]any
		status int
		code   string
	}{
		{map[string]any{"content": "x"}, 400, "bad_request"},
		{map[string]any{"cid": cidOf("c")}, 400, "bad_request"},
		{map[string]any{"cid": "short", "content": "x"}, 422, "invalid"},
		{map[string]any{"cid": cidOf("ü"), "content": "x"}, 422, "invalid"},
		{map[string]any{"cid": cidOf("c"), "content": " \n\t"}, 422, "invalid"},
		{map[string]any{"cid": cidOf("c"), "content": strings.Repeat("x", 32<<10+1)}, 413, "too_big"},
		{map[string]any{"cid": cidOf("c"), "content": "x", "reply": 99}, 422, "invalid"},
		{map[string]any{"cid": cidOf("c"), "content": "x", "reply": 0}, 422, "invalid"},
		{map[string]any{"cid": cidOf("c"), "content": "x", "reply": -1}, 400, "bad_request"},
		{map[string]any{"cid": cidOf("c"), "content": "x", "files": []string{"f"}}, 404, "not_found"},
		{map[string]any{"cid": cidOf("c"), "content": "x", "seq": 5}, 400, "bad_request"},
		{map[string]any{"cid": cidOf("c"), "content": "x", "user": 2}, 400, "bad_request"},
	} {
		a.call("POST", "/api/chats/2/messages", c.body).want(t, c.status, c.code)
	}
	a.call("POST", "/api/chats/9/messages", map[string]any{"cid": cidOf("c"), "content": "x"}).want(t, 404, "not_found")
	big := strings.Repeat("长", 32<<10/3)
	a.call("POST", "/api/chats/2/messages", map[string]any{"cid": cidOf("d"), "content": big, "files": []string{}}).want(t, 201, "")
	if got, _ := a.texts(2, ""); !cmp.Equal(got, []string{"hello", "re", big}) {
		t.Errorf("history of %d", len(got))
	}
	a.call("DELETE", "/api/people/2", nil).want(t, 204, "")
	a.call("POST", "/api/chats/2/messages", map[string]any{"cid": cidOf("e"), "content": "x"}).want(t, 410, "gone")
}

// A person has a burst; a repeat of what is stored is answered beyond it.
func TestPostMessageRate(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Rate = 2 })
	a := h.setUp("Alice")
	for i := range 10 {
		a.call("POST", "/api/chats/1/messages", map[string]any{"cid": cidOf(itoa(i)), "content": "x"}).want(t, 201, "")
	}
	got := a.call("POST", "/api/chats/1/messages", map[string]any{"cid": cidOf("10"), "content": "x"}).want(t, 429, "rate")
	if got.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
	a.call("POST", "/api/chats/1/messages", map[string]any{"cid": cidOf("9"), "content": "x"}).want(t, 200, "")
	h.clock.advance(500 * 1e6)
	a.call("POST", "/api/chats/1/messages", map[string]any{"cid": cidOf("10"), "content": "x"}).want(t, 201, "")
}

func TestEditRecallDelete(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	b := h.join("Bob")
	seq := itoa(a.say(2, "helo"))
	mine, theirs := "/api/chats/2/messages/"+seq, "/api/chats/1/messages/"+seq

	a.call("PATCH", mine, `{}`).want(t, 400, "bad_request")
	a.call("PATCH", mine, `{"content":" "}`).want(t, 422, "invalid")
	b.call("PATCH", theirs, `{"content":"x"}`).want(t, 403, "forbidden")
	b.call("POST", theirs+"/recall", nil).want(t, 403, "forbidden")
	m := a.call("PATCH", mine, `{"content":"hello"}`).want(t, 200, "").json(t)["message"].(map[string]any)
	if m["content"] != "hello" || m["edited"] == nil || m["seq"] != 1.0 || m["user"] != 1.0 {
		t.Errorf("message %v", m)
	}
	if got, _ := b.texts(1, ""); !cmp.Equal(got, []string{"hello"}) {
		t.Errorf("the other side has %v", got)
	}
	m = a.call("POST", mine+"/recall", nil).want(t, 200, "").json(t)["message"].(map[string]any)
	if m["content"] != "" || m["recalled"] != true {
		t.Errorf("message %v", m)
	}
	if got, _ := b.texts(1, ""); !cmp.Equal(got, []string{""}) {
		t.Errorf("the other side has %v", got)
	}
	b.call("DELETE", theirs, nil).want(t, 204, "")
	b.call("DELETE", theirs, nil).want(t, 204, "")
	if got, _ := b.texts(1, ""); got != nil {
		t.Errorf("the other side has %v", got)
	}
	if got, _ := a.texts(2, ""); len(got) != 1 {
		t.Errorf("my side has %v", got)
	}
	a.call("PATCH", "/api/chats/2/messages/99", `{"content":"x"}`).want(t, 404, "not_found")
	a.call("POST", "/api/chats/2/messages/99/recall", nil).want(t, 404, "not_found")
}

// What two others said to each other is not there for a third, whatever is asked.
func TestOthersChatsAnswerLikeMissing(t *testing.T) {
	h := startHost(t)
	a := h.setUp("Alice")
	h.join("Bob")
	c := h.join("Carol")
	a.say(2, "our secret")
	if got, _ := a.texts(2, ""); len(got) != 1 {
		t.Fatal("there is no secret")
	}
	for _, who := range []string{"1", "2"} {
		if got, more := c.texts(int(who[0]-'0'), "?around=1"); got != nil || more {
			t.Errorf("the third person sees %v", got)
		}
		for _, call := range []struct{ method, path, body string }{
			{"PATCH", "/api/chats/" + who, `{"pinned":true}`},
			{"PATCH", "/api/chats/" + who + "/messages/1", `{"content":"x"}`},
			{"POST", "/api/chats/" + who + "/messages/1/recall", ``},
		} {
			there := c.call(call.method, call.path, call.body).want(t, 404, "not_found")
			nowhere := c.call(call.method, strings.Replace(call.path, "/messages/1", "/messages/77", 1), call.body).want(t, 404, "not_found")
			if string(there.body) != string(nowhere.body) {
				t.Errorf("%s %s: %s, but %s", call.method, call.path, there.body, nowhere.body)
			}
		}
		c.call("DELETE", "/api/chats/"+who+"/messages/1", nil).want(t, 204, "")
		c.call("DELETE", "/api/chats/"+who, nil).want(t, 204, "")
	}
	if got := c.call("GET", "/api/search?q=secret", nil).want(t, 200, "").json(t)["hits"].([]any); len(got) != 0 {
		t.Errorf("the third person finds %v", got)
	}
	if got, _ := a.texts(2, ""); len(got) != 1 {
		t.Error("the third person deleted it")
	}
}

func TestSearchCall(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Rate = 0 })
	a := h.setUp("Alice")
	h.join("Bob")
	a.say(1, "买牛奶和鸡蛋")
	a.say(2, "The Milk is 牛奶")
	find := func(query string) (out []string, more any) {
		t.Helper()
		got := a.call("GET", "/api/search?"+query, nil).want(t, 200, "").json(t)
		for _, hit := range got["hits"].([]any) {
			hit := hit.(map[string]any)
			out = append(out, itoa(int(hit["who"].(float64)))+" "+hit["message"].(map[string]any)["content"].(string))
		}
		return out, got["more"]
	}
	for query, want := range map[string][]string{
		"q=" + url.QueryEscape("牛奶"):       {"2 The Milk is 牛奶", "1 买牛奶和鸡蛋"},
		"who=1&q=" + url.QueryEscape("牛奶"): {"1 买牛奶和鸡蛋"},
		"who=&before=&q=milk":              {"2 The Milk is 牛奶"},
		"q=nothing":                        nil,
		"who=9&q=milk":                     nil,
		"q=" + url.QueryEscape(" ＭＩＬＫ "):   {"2 The Milk is 牛奶"},
	} {
		if got, more := find(query); !cmp.Equal(got, want) || more != nil {
			t.Errorf("%s finds %v, more %v", query, got, more)
		}
	}
	for range 60 {
		a.say(1, "again and again")
	}
	first, more := find("q=again")
	if len(first) != 50 || more == nil {
		t.Fatalf("%d hits, more %v", len(first), more)
	}
	if second, more := find("q=again&before=" + url.QueryEscape(more.(string))); len(second) != 10 || more != nil {
		t.Errorf("%d hits, more %v", len(second), more)
	}
	for query, code := range map[string]string{"": "bad_request", "q=": "bad_request", "q=%20": "bad_request", "q=%ff": "bad_request",
		"q=x&who=0": "bad_request", "q=x&who=x": "bad_request", "q=x&before=%21": "invalid", "q=" + strings.Repeat("x", 201): "invalid"} {
		if got := a.call("GET", "/api/search?"+query, nil); got.code() != code {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
}
