package app

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"duologue/db"
)

// Uploads follow tus 1.0.0 (https://tus.io/protocols/resumable-upload): its
// core, creation and termination.
const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,termination"
	uploadType    = "application/offset+octet-stream"
	// chunkLimit is the body of one PATCH.
	chunkLimit = 4 << 20
	// chunkTime is how long that may take to arrive: some 100 kB a second.
	chunkTime = 45 * time.Second

	filesPath = "/api/files/"
)

// isUpload reports whether a request carries a part of a file.
func isUpload(h *fasthttp.RequestHeader) bool {
	return string(h.Method()) == http.MethodPatch && strings.HasPrefix(string(h.RequestURI()), filesPath) &&
		string(h.ContentType()) == uploadType
}

// forUploads lets more in for a part of a file, from whoever is signed in.
func (a *App) forUploads(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if !isUpload(h) || !a.requests.enter() {
		return fasthttp.RequestConfig{}
	}
	defer a.requests.leave()
	secret := string(h.Cookie(a.cookieName()))
	if header := string(h.Peek(fiber.HeaderAuthorization)); header != "" {
		_, secret, _ = strings.Cut(header, " ")
	}
	me, _, err := a.store.Authenticate(strings.TrimSpace(secret))
	if err != nil || !a.files.arrivals.enter(h, me.ID) {
		return fasthttp.RequestConfig{}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: chunkLimit, ReadTimeout: chunkTime}
}

// tus checks the version of a call, and says ours in the answer.
func (q *call) tus() error {
	q.Set("Tus-Resumable", tusVersion)
	if q.Get("Tus-Resumable") != tusVersion {
		q.Set("Tus-Version", tusVersion)
		return db.Errorf(codeBadVersion, "Tus-Resumable: it has to be %s", tusVersion)
	}
	return nil
}

// metadata are the pairs of an Upload-Metadata header.
type metadata map[string]string

// parseMetadata reads keys with values in base64, parted by commas.
func parseMetadata(header string) (metadata, error) {
	m := metadata{}
	if strings.TrimSpace(header) == "" {
		return m, nil
	}
	for pair := range strings.SplitSeq(header, ",") {
		key, packed, _ := strings.Cut(strings.TrimSpace(pair), " ")
		value, err := base64.StdEncoding.Strict().DecodeString(packed)
		_, twice := m[key]
		if err != nil || key == "" || twice || strings.Trim(key, metadataKey) != "" {
			return nil, db.Errorf(codeBadRequest, "Upload-Metadata: it cannot be read")
		}
		m[key] = string(value)
	}
	return m, nil
}

const metadataKey = codeLetters + "."

// text gives a value without what is no text.
func (m metadata) text(key string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == utf8.RuneError {
			return -1
		}
		return r
	}, m[key])
}

// headerNumber reads a number that has to be there.
func (q *call) headerNumber(name string) (int64, error) {
	n, ok := parseNumber(q.Get(name), 63)
	if !ok {
		return 0, db.Errorf(codeBadRequest, "%s: it has to be a number", name)
	}
	return int64(n), nil
}

func (q *call) setNumber(name string, n int64) { q.Set(name, strconv.FormatInt(n, 10)) }
