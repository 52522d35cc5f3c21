package app

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"duologue/app/wire"
	"duologue/db"
)

// getMessages gives a page of the caller's own copy of a chat.
func (a *App) getMessages(q *call) error {
	who, err := q.person("who")
	if err != nil {
		return err
	}
	if _, ok := a.store.Person(who); !ok {
		return wire.ErrNotFound
	}
	page, more, err := a.history(q, who)
	if err != nil {
		return err
	}
	w := wire.Page{More: more}
	for i := range page {
		w.Messages = append(w.Messages, wire.MessageOf(&page[i]))
	}
	return reply(q.Ctx, http.StatusOK, w)
}

func (a *App) history(q *call, who db.ID) ([]db.Message, bool, error) {
	r, from, err := wire.ParseRange(func(name string) string { return q.Query(name) })
	switch {
	case err != nil, from == wire.FromBelow:
		return nil, false, err
	case from == wire.FromFirst:
		return a.oldest(q.me.ID, who, r.Limit)
	}
	return a.store.History(q.me.ID, who, r)
}

// oldest reads from the first message on.
func (a *App) oldest(owner, who db.ID, limit int) ([]db.Message, bool, error) {
	// Around the first message there is only the upper half.
	page, more, err := a.store.History(owner, who, db.Range{Around: 1, Limit: min(2*limit, db.MaxPage)})
	if err != nil || !more || len(page) >= limit || len(page) == 0 {
		return page, more, err
	}
	rest, more, err := a.store.History(owner, who, db.Range{After: page[len(page)-1].Seq, Limit: limit - len(page)})
	return append(page, rest...), more, err
}

// postMessage sends a message, like the frame of that name.
func (a *App) postMessage(q *call) error {
	var body struct {
		CID     *string  `json:"cid"`
		Content *string  `json:"content"`
		Reply   *uint64  `json:"reply"`
		Files   []string `json:"files"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	who, err := q.person("who")
	switch {
	case err != nil:
		return err
	case body.CID == nil:
		return wire.Missing("cid")
	case body.Content == nil:
		return wire.Missing("content")
	case body.Reply != nil && *body.Reply == 0:
		return db.Errorf(db.Invalid, "reply: there is no such message")
	}
	send := db.Send{From: q.me.ID, To: who, CID: *body.CID, Content: *body.Content, Files: body.Files, Session: q.session,
		Refuse: func() error { return a.sends.Take(q.me.ID) }}
	if body.Reply != nil {
		send.Reply = *body.Reply
	}
	ack, err := a.store.SendNow(q.ctx, send)
	if err != nil {
		return err
	}
	status := http.StatusCreated
	if ack.Repeat {
		status = http.StatusOK
	}
	q.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return q.Status(status).Send(wire.EncodeAck(ack))
}

// place reads which message a path means.
func (q *call) place() (who db.ID, seq uint64, err error) {
	if who, err = q.person("who"); err != nil {
		return 0, 0, err
	}
	seq, err = q.seq()
	return who, seq, err
}

// patchMessage changes the text of the caller's own message on both sides.
func (a *App) patchMessage(q *call) error {
	var body struct {
		Content *string `json:"content"`
	}
	if err := decode(q.Ctx, &body); err != nil {
		return err
	}
	if body.Content == nil {
		return wire.Missing("content")
	}
	who, seq, err := q.place()
	if err != nil {
		return err
	}
	if err := a.edits.Take(q.me.ID); err != nil {
		return err
	}
	m, err := a.store.Edit(q.ctx, q.me.ID, who, seq, *body.Content)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusOK, wire.MessageAnswer{Message: wire.MessageOf(&m)})
}

// recallMessage takes the caller's own message back from both sides.
func (a *App) recallMessage(q *call) error {
	who, seq, err := q.place()
	if err != nil {
		return err
	}
	m, err := a.store.Recall(q.ctx, q.me.ID, who, seq)
	if err != nil {
		return err
	}
	return reply(q.Ctx, http.StatusOK, wire.MessageAnswer{Message: wire.MessageOf(&m)})
}

// deleteMessage deletes the caller's copy of a message.
func (a *App) deleteMessage(q *call) error {
	who, seq, err := q.place()
	if err != nil {
		return err
	}
	if err := a.store.Remove(q.ctx, q.me.ID, who, seq); err != nil && db.CodeOf(err) != db.NotFound {
		return err
	}
	return q.SendStatus(http.StatusNoContent)
}
