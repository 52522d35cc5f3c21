package ui_test

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// tongue is a language of the page with the words that the tests of a
// conversation look for.
type tongue struct {
	lang string
	say  map[string]string
}

var tongues = map[string]tongue{
	"English": {"en-GB", map[string]string{
		"reply": "Reply", "to Lin": "Reply to Lin Wei", "stop": "Do not reply to this message", "original": "Go to the original",
		"gone": "That message is not on your side any more.", "end": "Go to the newest message",
		"edit": "Edit", "save": "Save the change", "late edit": "It is too late to change this message", "edited": "edited",
		"recall": "Take back from both", "sure": "Take back", "late recall": "It is too late to take this message back",
		"recalled": "You took this message back", "again": "Edit again",
		"remove": "Remove from my side", "theirs": "Ann keeps their copy.", "undo": "Undo",
		"select": "Select", "two": "2 selected", "copy": "Copy", "copied": "Copied", "code": "Copy the code",
		"details": "Details", "sent": "Sent", "read": "by Ann", "close": "Close", "cancel": "Cancel",
		"retry": "Try again", "failed": "These messages could not be loaded.", "date": "Go to a date…", "go": "Go", "chat": "What to do with this chat",
	}},
	"Chinese": {"zh-CN", map[string]string{
		"reply": "回复", "to Lin": "回复 Lin Wei", "stop": "不回复这条消息", "original": "查看原消息",
		"gone": "这条消息已不在你这边。", "end": "跳到最新消息",
		"edit": "编辑", "save": "保存修改", "late edit": "不能再修改这条消息", "edited": "已编辑",
		"recall": "为双方撤回", "sure": "撤回", "late recall": "不能再撤回这条消息",
		"recalled": "你撤回了一条消息", "again": "重新编辑",
		"remove": "从我这边删除", "theirs": "Ann 那边的仍会保留", "undo": "撤销",
		"select": "多选", "two": "已选 2 条", "copy": "复制", "copied": "已复制", "code": "复制代码",
		"details": "详细信息", "sent": "发送时间", "read": "Ann 已读", "close": "关闭", "cancel": "取消",
		"retry": "重试", "failed": "这些消息没能加载。", "date": "跳到某一天…", "go": "前往", "chat": "对这个聊天的操作",
	}},
}

// ponders lets what goes by itself, a line at the bottom or the way back after a
// removal, stay until it was seen: a busy computer is slower than a person.
func (p *tab) ponders() {
	p.t.Helper()
	const longer = `(() => { const set = setTimeout; window.setTimeout = (f, ms, ...a) => set(f, ms === 4500 || ms === 6500 ? 600000 : ms, ...a) })()`
	do(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: longer})
	eval[chromedp.Void](p, longer)
}

// inBoth runs a test with two people who have their chat open, in each
// language of the page.
func inBoth(t *testing.T, test func(t *testing.T, in tongue, r *room, lin, ann *tab)) {
	for name, in := range tongues {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			l := desk
			l.lang = in.lang
			lin, ann := r.facing(l)
			lin.ponders()
			ann.ponders()
			test(t, in, r, lin, ann)
		})
	}
}
