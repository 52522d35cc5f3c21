package app

import (
	"context"
	"log/slog"

	"github.com/valyala/fasthttp"

	"duologue/app/access"
	"duologue/app/pictures"
	"duologue/app/transfer"
)

const (
	maxPersonUploads   = 2 // parts of files that one person sends at once
	maxPersonDownloads = 16
)

// files bounds what is done with files at once.
type files struct {
	arrivals  *transfer.Arrivals[*fasthttp.RequestHeader]
	uploads   *access.Slots
	downloads *access.Slots
	pictures  *pictures.Maker
}

func newFiles(life context.Context, log *slog.Logger) files {
	return files{transfer.NewArrivals[*fasthttp.RequestHeader](transfer.PartTime), access.NewSlots(maxPersonUploads),
		access.NewSlots(maxPersonDownloads), pictures.NewMaker(life, log)}
}
