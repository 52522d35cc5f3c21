package access

import "testing"

func TestOwnOrigin(t *testing.T) {
	const own = "http://192.168.1.5:7272"
	for _, c := range []struct {
		headers []string
		want    bool
	}{
		{nil, true}, {[]string{own}, true}, {[]string{own, own}, false}, {[]string{""}, false}, {[]string{"null"}, false},
		{[]string{own + "/"}, false}, {[]string{"https://192.168.1.5:7272"}, false}, {[]string{"HTTP://192.168.1.5:7272"}, false},
	} {
		var headers [][]byte
		for _, h := range c.headers {
			headers = append(headers, []byte(h))
		}
		if got := OwnOrigin(headers, own); got != c.want {
			t.Errorf("%q: %v", c.headers, got)
		}
	}
	for method, want := range map[string]bool{"GET": false, "HEAD": false, "POST": true, "PATCH": true, "OPTIONS": true, "BREW": true} {
		if got := Changes(method); got != want {
			t.Errorf("%s changes something: %v", method, got)
		}
	}
}
