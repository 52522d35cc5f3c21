package app

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"duologue/app/transfer"
	"duologue/app/wire"
	"duologue/db"
)

// The reference names every route and every code, with their guards and
// statuses, and none that there is not.
func TestProtocolReference(t *testing.T) {
	data, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	param := regexp.MustCompile(`:(\w+)`)
	calls := map[string]bool{}
	for _, r := range (&App{}).routes() {
		if r.path == socketPath {
			continue
		}
		if r.method == "GET" && r.path == "/api/files/:id" { // the one whose HEAD does more
			calls["`HEAD /api/files/{id}"] = true
		}
		call := fmt.Sprintf("`%s %s", r.method, param.ReplaceAllString(r.path, "{$1}"))
		calls[call] = true
		line := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(call) + "(\\?q=)?` \\| (\\w+) \\|").FindStringSubmatch(text)
		if line == nil {
			t.Errorf("%s` stands in no table", call)
			continue
		}
		if want := map[who]string{public: "anybody", member: "member", owner: "owner"}[r.who]; line[2] != want {
			t.Errorf("%s` is for the %s, not for %s", call, want, line[2])
		}
	}
	for _, line := range regexp.MustCompile("(?m)^\\| (`[A-Z]+ /[^`?]*)").FindAllStringSubmatch(text, -1) {
		if !calls[line[1]] {
			t.Errorf("there is no call %s`", line[1])
		}
	}
	for _, code := range wire.Codes() {
		status := wire.Status(code)
		if !strings.Contains(text, fmt.Sprintf("| `%s` | %d |", code, status)) {
			t.Errorf("the code %s with %d is missing", code, status)
		}
	}
	for _, number := range []string{fmt.Sprint(wire.CloseSessionEnded), fmt.Sprint(wire.CloseNoHello), fmt.Sprint(wire.CloseFlooding), fmt.Sprint(wire.CloseRestarting),
		fmt.Sprint(wire.CloseOverloaded), fmt.Sprint(wire.CloseBinary), fmt.Sprint(wire.ClosePolicy), fmt.Sprint(wire.CloseInternal), fmt.Sprint(wire.CloseText)} {
		if !regexp.MustCompile(`(?m)^\|.*\b` + number + `\b.*\|`).MatchString(text) {
			t.Errorf("the close code %s is missing", number)
		}
	}
	for what, line := range map[string]string{
		"headers": fmt.Sprintf("| all headers of a request | %d KiB |", headerLimit>>10),
		"bodies":  fmt.Sprintf("| a body | %d MiB |", bodyLimit>>20),
		"strange": fmt.Sprintf("| a body from whoever is not signed in | %d KiB |", strangerBodyLimit>>10),
		"frames":  fmt.Sprintf("| a frame | %d KiB |", wire.MaxFrame>>10),
		"sockets": fmt.Sprintf("| sockets of one person | %d |", wire.MaxPersonSockets),
		"parts":   fmt.Sprintf("| a part of a file | %d MiB,", transfer.MaxPart>>20),
		"files":   fmt.Sprintf("| files of a message | %d |", db.MaxFiles),
		"quota":   fmt.Sprintf("| the files of one person | %d GiB,", DefaultQuota>>30),
		"loads":   fmt.Sprintf("| downloads of one person | %d at once |", maxPersonDownloads),
		"pages":   fmt.Sprintf("| a page of a history | %d messages |", db.MaxPage),
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%s: %q is missing", what, line)
		}
	}
}
