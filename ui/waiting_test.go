package ui_test

import (
	"testing"
)

func TestAnUploadThatWaitsCountsAsWaiting(t *testing.T) {
	for _, lang := range []struct{ tag, mine, out, lost string }{
		{"en-GB", "You: 1 file", "Sign out", "1 message has not been sent yet and would be lost."},
		{"zh-CN", "你：1 个文件", "退出登录", "有 1 条消息还没发出，退出会丢失。"},
	} {
		l := desk
		l.lang = lang.tag
		r := newRoom(t)
		lin := r.owner(l)
		ann, bob := r.member("Ann"), r.member("Bob")
		bob.say(1, "hello")
		lin.place("#/chat/%d", ann.id)
		lin.hold(0)
		lin.pick(paper(t, "note.txt", []byte("a note")))
		lin.post()
		lin.until("it on its way", `document.querySelector('.way')`)
		lin.place("#/settings")
		lin.until("the chat still in the list, above what came before", order+`.startsWith('Ann, Bob')`)
		lin.sees(lang.mine)
		lin.click(lang.out)
		lin.sees(lang.lost)
	}
}
