package app

import (
	"net/http"

	"duologue/app/wire"
	"duologue/db"
)

func (a *App) answerChat(q *call, status int, c *db.Chat) error {
	return reply(q.Ctx, status, wire.ChatAnswer{Chat: wire.ChatOf(c, a.store.NameOf(c.Who))})
}

// putChat finds or makes the caller's chat with a person.
func (a *App) putChat(q *call) error {
	who, err := q.person("who")
	if err != nil {
		return err
	}
	c, made, err := a.store.OpenChat(q.ctx, q.me.ID, who)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if made {
		status = http.StatusCreated
	}
	return a.answerChat(q, status, &c)
}

// patchChat changes the caller's own side of a chat.
func (a *App) patchChat(q *call) error {
	var body struct {
		Draft  *string `json:"draft"`
		Pinned *bool   `json:"pinned"`
		Muted  *bool   `json:"muted"`
		Marked *bool   `json:"marked"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	who, err := q.person("who")
	if err != nil {
		return err
	}
	c, err := a.store.ChangeChat(q.ctx, q.me.ID, who, db.ChatChange(body))
	if err != nil {
		return err
	}
	return a.answerChat(q, http.StatusOK, &c)
}

// deleteChat deletes the caller's own side of a chat.
func (a *App) deleteChat(q *call) error {
	who, err := q.person("who")
	if err != nil {
		return err
	}
	if err := a.store.DeleteChat(q.ctx, q.me.ID, who); err != nil && db.CodeOf(err) != db.NotFound {
		return err
	}
	return q.SendStatus(http.StatusNoContent)
}
