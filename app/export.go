package app

import (
	"bufio"
	"fmt"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"duologue/app/export"
	"duologue/app/transfer"
)

// getExport sends the caller's side of a chat as a zip that is made meanwhile.
func (a *App) getExport(q *call) error {
	who, err := q.person("who")
	if err != nil {
		return err
	}
	chat, err := a.store.Chat(q.me.ID, who)
	if err != nil {
		return err
	}
	c := export.Chat{Me: q.me, Words: export.Language(q.Query("lang"), q.Get(fiber.HeaderAcceptLanguage)),
		Inline: transfer.Inline, Now: a.o.Now}
	if c.Who, _ = a.store.Person(who); chat.Last != nil {
		c.Upto = chat.Last.Seq
	}
	name := transfer.CleanFileName(fmt.Sprintf("%s - %s.zip", c.Words.Title, c.Who.Name))
	const kind = "application/zip"
	q.Set(fiber.HeaderContentType, kind)
	q.Set(fiber.HeaderContentDisposition, transfer.Disposition(kind, name))
	if q.Method() == http.MethodHead {
		return nil
	}
	if err := a.files.downloads.Enter(q.me.ID); err != nil {
		return err
	}
	conn := q.Context().Conn()
	q.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer a.files.downloads.Leave(c.Me.ID)
		err := recovered(a.log, func() error {
			timed := &transfer.TimedWriter{Writer: w, Conn: conn, Timeout: writeTimeout}
			if err := export.Write(a.life, timed, a.store, c); err != nil {
				return err
			}
			return w.Flush()
		})
		if err != nil {
			a.log.Info("saving a chat ended early", "err", err)
			_ = conn.Close() // or what was sent would look whole
		}
	})
	return nil
}
