package app

import (
	"github.com/go-json-experiment/json"
	"github.com/gofiber/fiber/v2"

	"duologue/app/wire"
)

// decode reads the body, one JSON object, into v.
func decode(c *fiber.Ctx, v any) error {
	return wire.Decode(c.BodyRaw(), v)
}

// reply answers with v as JSON.
func reply(c *fiber.Ctx, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Status(status).Send(body)
}
