package wire

import (
	"bytes"
	"errors"
	"mime"
	"strings"

	"github.com/go-json-experiment/json"

	"duologue/db"
)

// Decode reads one JSON object into v. No body is an empty object. Names
// that v does not have, or that come twice, invalid UTF-8 and anything after
// the object are a bad request.
func Decode(body []byte, v any) error {
	if len(body) == 0 {
		return nil
	}
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return db.Errorf(BadRequest, "the body has to be one JSON object")
	}
	if err := json.Unmarshal(body, v, json.RejectUnknownMembers(true)); err != nil {
		if e, ok := errors.AsType[*json.SemanticError](err); ok && len(e.JSONPointer) < 64 {
			return db.Errorf(BadRequest, "the body has something unexpected at %q", e.JSONPointer)
		}
		return db.Errorf(BadRequest, "the body is not valid JSON")
	}
	return nil
}

// Missing is the answer to a body without a field that has to be there.
func Missing(field string) error {
	return db.Errorf(BadRequest, "%s: it is missing", field)
}

// IsJSON reports whether a Content-Type is the one of JSON in UTF-8.
func IsJSON(contentType string) bool {
	kind, params, err := mime.ParseMediaType(contentType)
	charset := params["charset"]
	return err == nil && kind == "application/json" && (charset == "" || strings.EqualFold(charset, "utf-8"))
}
