package transfer

import "testing"

func TestSelect(t *testing.T) {
	const etag = `"e"`
	for _, c := range []struct {
		h    Headers
		want Answer
	}{
		{Headers{}, Answer{200, Range{0, 11}, ""}},
		{Headers{Range: "bytes=0-3"}, Answer{206, Range{0, 3}, "bytes 0-3/12"}},
		{Headers{Range: "bytes=4-"}, Answer{206, Range{4, 11}, "bytes 4-11/12"}},
		{Headers{Range: "bytes=-2"}, Answer{206, Range{10, 11}, "bytes 10-11/12"}},
		{Headers{Range: "bytes=-99"}, Answer{206, Range{0, 11}, "bytes 0-11/12"}},
		{Headers{Range: "bytes=11-99999999999999999999"}, Answer{206, Range{11, 11}, "bytes 11-11/12"}},
		{Headers{Range: "bytes=12-"}, Answer{416, Range{}, "bytes */12"}},
		{Headers{Range: "bytes=-0"}, Answer{416, Range{}, "bytes */12"}},
		{Headers{Range: "bytes=0-0,3-4"}, Answer{200, Range{0, 11}, ""}},
		{Headers{Range: "bytes=3-2"}, Answer{200, Range{0, 11}, ""}},
		{Headers{Range: "lines=1-2"}, Answer{200, Range{0, 11}, ""}},
		{Headers{Range: "bytes=0-3", IfRange: etag}, Answer{206, Range{0, 3}, "bytes 0-3/12"}},
		{Headers{Range: "bytes=0-3", IfRange: `"other"`}, Answer{200, Range{0, 11}, ""}},
		{Headers{IfNoneMatch: `W/"e"`, Range: "bytes=0-3"}, Answer{304, Range{}, ""}},
		{Headers{IfNoneMatch: `"x", "e"`}, Answer{304, Range{}, ""}},
		{Headers{IfNoneMatch: "*"}, Answer{304, Range{}, ""}},
		{Headers{IfNoneMatch: `"x"`}, Answer{200, Range{0, 11}, ""}},
	} {
		if got := Select(c.h, etag, 12); got != c.want {
			t.Errorf("%+v: %+v", c.h, got)
		}
	}
	if got := Select(Headers{}, etag, 0); got.Status != 200 || got.Part.Last >= got.Part.First {
		t.Errorf("an empty file: %+v", got)
	}
}

func TestDisposition(t *testing.T) {
	for _, c := range [][3]string{
		{"image/png", "真.png", `inline; filename="_.png"; filename*=UTF-8''%E7%9C%9F.png`},
		{"text/html", `a "b" c.html`, `attachment; filename="a _b_ c.html"; filename*=UTF-8''a%20%22b%22%20c.html`},
	} {
		if got := Disposition(c[0], c[1]); got != c[2] {
			t.Errorf("%s: %s", c[1], got)
		}
	}
}
