package transfer

import (
	"encoding/base64"
	"strings"
	"time"
	"unicode/utf8"
)

// Uploads follow tus 1.0.0 (https://tus.io/protocols/resumable-upload): its
// core, creation and termination.
const (
	TusVersion    = "1.0.0"
	TusExtensions = "creation,termination"
	// PartType is the Content-Type of a PATCH.
	PartType = "application/offset+octet-stream"
	// MaxPart is how many bytes the body of one PATCH has at most.
	MaxPart = 4 << 20
	// PartTime is how long that may take to arrive: some 100 kB a second.
	PartTime = 45 * time.Second
)

// Metadata are the pairs of an Upload-Metadata header.
type Metadata map[string]string

// ParseMetadata reads keys with values in base64, parted by commas; false when
// they cannot be read.
func ParseMetadata(header string) (Metadata, bool) {
	m := Metadata{}
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

// Text gives a value without what is no text, most bytes of it at most.
func (m Metadata) Text(key string, most int) string {
	return cut(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == utf8.RuneError {
			return -1
		}
		return r
	}, m[key]), most)
}
