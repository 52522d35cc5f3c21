package export

import (
	"archive/zip"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"duologue/db"
)

// Words are the words of the page in a saved chat.
type Words struct {
	Lang, Title, Recalled, Gone, Edited, Saved string
}

var (
	english = Words{"en", "Chat", "This message was taken back.", "no longer kept", "edited", "Saved from Duologue"}
	chinese = Words{"zh-CN", "聊天记录", "这条消息已撤回。", "已不再保存", "已编辑", "由 Duologue 导出"}
)

// Language picks the words: as asked, else as the browser prefers.
func Language(asked, accepted string) Words {
	if asked == "" {
		asked = strings.TrimSpace(accepted)
	}
	if strings.HasPrefix(strings.ToLower(asked), "zh") {
		return chinese
	}
	return english
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-inline-size:44rem;margin:2rem auto;padding-inline:1rem}
h2{font-size:.875rem;font-weight:600;text-align:center;margin-block:2rem .5rem;opacity:.7}
article{margin-block:.5rem;padding:.5rem .75rem;border:1px solid color-mix(in srgb,currentColor 18%,transparent);border-radius:.75rem;inline-size:fit-content;max-inline-size:85%}
article.mine{margin-inline-start:auto;background:color-mix(in srgb,currentColor 6%,transparent)}
header{font-size:.8125rem;opacity:.7}
p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
blockquote{margin:.25rem 0;padding-inline-start:.6rem;border-inline-start:3px solid currentColor;opacity:.75;white-space:pre-wrap;overflow-wrap:anywhere}
img,video{display:block;max-inline-size:100%;block-size:auto;max-block-size:70vh;border-radius:.5rem;margin-block:.25rem}
footer{margin-block:3rem;text-align:center;font-size:.8125rem;opacity:.7}`

var templates = template.Must(template.New("head").Parse(`<!doctype html>
<html lang="{{.Words.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; connect-src 'none'">
<title>{{.Words.Title}}: {{.Other}}</title><style>` + style + `</style></head>
<body><h1 dir="auto">{{.Words.Title}}: {{.Other}}</h1><main>
{{define "message"}}{{with .Day}}<h2>{{.}}</h2>
{{end}}<article id="m{{.Seq}}"{{if .Mine}} class="mine"{{end}}><header><bdi>{{.Name}}</bdi>{{with .Device}} · <bdi>{{.}}</bdi>{{end}} · <time datetime="{{.ISO}}">{{.Time}}</time>{{with .Edited}} · {{.}}{{end}}</header>
{{with .Quote}}<blockquote dir="auto">{{.}}</blockquote>
{{end}}{{with .Recalled}}<p><em>{{.}}</em></p>
{{end}}{{with .Content}}<p dir="auto">{{.}}</p>
{{end}}{{range .Files}}{{if .Gone}}<p><bdi>{{.Name}}</bdi> · {{.Gone}}</p>
{{else}}{{if eq .Kind "image"}}<a href="{{.Path}}"><img src="{{.Path}}" alt="{{.Name}}" loading="lazy"{{if .Width}} width="{{.Width}}" height="{{.Height}}"{{end}}></a>
{{else}}{{if eq .Kind "video"}}<video src="{{.Path}}" controls preload="none"></video>
{{end}}{{if eq .Kind "audio"}}<audio src="{{.Path}}" controls preload="none"></audio>
{{end}}<p><a href="{{.Path}}" download="{{.Name}}"><bdi>{{.Name}}</bdi></a> · {{.Size}}</p>
{{end}}{{end}}{{end}}</article>
{{end}}{{define "foot"}}</main><footer>{{.Words.Saved}}, {{.Time}}</footer></body></html>
{{end}}`))

type (
	entryData struct {
		Seq                                                            uint64
		Mine                                                           bool
		Day, Name, Device, ISO, Time, Edited, Quote, Recalled, Content string
		Files                                                          []fileData
	}
	fileData struct {
		Name, Path, Kind, Size, Gone string
		Width, Height                int
	}
)

// writePage writes what people read.
func (x *writer) writePage() error {
	w, err := x.begin("index.html", zip.Deflate)
	if err != nil {
		return err
	}
	if err := templates.Execute(w, map[string]any{"Words": x.Words, "Other": x.Who.Name}); err != nil {
		return err
	}
	day := ""
	err = x.each(func(m *db.Message) error {
		e := x.entry(m)
		if e.Day == day {
			e.Day = ""
		} else {
			day = e.Day
		}
		return templates.ExecuteTemplate(w, "message", e)
	})
	if err != nil {
		return err
	}
	return templates.ExecuteTemplate(w, "foot", map[string]any{"Words": x.Words, "Time": x.Now().Format(time.DateTime)})
}

func (x *writer) entry(m *db.Message) entryData {
	at := time.UnixMilli(m.Date)
	e := entryData{Seq: m.Seq, Mine: m.User == x.Me.ID, Day: at.Format(time.DateOnly), Name: m.Name, Device: strings.Replace(m.Device, " on ", " · ", 1),
		ISO: at.UTC().Format(time.RFC3339), Time: at.Format("15:04"), Content: m.Content}
	if m.Recalled {
		e.Recalled = x.Words.Recalled
	}
	if m.Edited != 0 {
		e.Edited = x.Words.Edited
	}
	if m.Reply != nil {
		e.Quote = m.Reply.Content
	}
	for i, f := range m.Files {
		g := fileData{Name: f.Name, Size: sizeText(f.Size), Width: f.Width, Height: f.Height}
		if path := x.pathOf(m, i); path == "" {
			g.Gone = x.Words.Gone
		} else {
			folder, name, _ := strings.Cut(path, "/")
			g.Path = folder + "/" + url.PathEscape(name)
			if x.Inline(f.Type) {
				g.Kind, _, _ = strings.Cut(f.Type, "/")
			}
		}
		e.Files = append(e.Files, g)
	}
	return e
}

// sizeText is a size for people.
func sizeText(n int64) string {
	switch {
	case n < 1000:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1_000_000:
		return tenths(n, 1_000) + " kB"
	case n < 1_000_000_000:
		return tenths(n, 1_000_000) + " MB"
	}
	return tenths(n, 1_000_000_000) + " GB"
}

// tenths writes n in units, with one digit behind the point.
func tenths(n, unit int64) string { return strconv.FormatFloat(float64(n)/float64(unit), 'f', 1, 64) }
