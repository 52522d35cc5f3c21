package app

import (
	"encoding/base64"
	"strings"
	"time"
	"unicode/utf8"
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
)

// metadata are the pairs of an Upload-Metadata header.
type metadata map[string]string

// parseMetadata reads keys with values in base64, parted by commas; false when
// they cannot be read.
func parseMetadata(header string) (metadata, bool) {
	m := metadata{}
	if strings.TrimSpace(header) == "" {
		return m, true
	}
	for pair := range strings.SplitSeq(header, ",") {
		key, packed, _ := strings.Cut(strings.TrimSpace(pair), " ")
		value, err := base64.StdEncoding.Strict().DecodeString(packed)
		_, twice := m[key]
		if err != nil || key == "" || twice || strings.Trim(key, metadataKey) != "" {
			return nil, false
		}
		m[key] = string(value)
	}
	return m, true
}

const metadataKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."

// text gives a value without what is no text, most bytes of it at most.
func (m metadata) text(key string, most int) string {
	return cut(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == utf8.RuneError {
			return -1
		}
		return r
	}, m[key]), most)
}
