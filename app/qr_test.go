package app

import (
	"crypto/rand"
	"encoding/xml"
	"image"
	"image/color"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// scan reads a picture of ours as a phone would: drawn, then decoded by a
// library that knows nothing of how it was made.
func scan(t *testing.T, svg []byte) string {
	t.Helper()
	var doc struct {
		ViewBox string `xml:"viewBox,attr"`
		Paths   []struct {
			Fill string `xml:"fill,attr"`
			D    string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(svg, &doc); err != nil {
		t.Fatal(err)
	}
	box := strings.Fields(doc.ViewBox)
	if len(box) != 4 || len(doc.Paths) != 2 || doc.Paths[0].Fill != "#fff" {
		t.Fatalf("%.300s", svg)
	}
	size, _ := strconv.Atoi(box[2])
	const scale = 6
	picture := image.NewGray(image.Rect(0, 0, size*scale, size*scale))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	dark := 0
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(doc.Paths[1].D, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		w, _ := strconv.Atoi(m[3])
		if m[3] != m[4] || x < quiet || y < quiet || x+w > size-quiet || y >= size-quiet {
			t.Fatalf("%v leaves the frame of %d", m, size)
		}
		dark += w
		for py := y * scale; py < (y+1)*scale; py++ {
			for px := x * scale; px < (x+w)*scale; px++ {
				picture.SetGray(px, py, color.Gray{20})
			}
		}
	}
	if dark == 0 {
		t.Fatal("nothing is drawn")
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	// The picture is upright and fills its frame; finding one in a photograph is
	// not what is tested.
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

func (p *testPerson) qr(text string) testAnswer {
	p.h.Helper()
	return p.call("GET", "/api/invite/qr.svg?url="+url.QueryEscape(text), nil)
}

func TestTheCameraReadsTheLink(t *testing.T) {
	h := startHost(t, func(o *Options) {
		o.Addr = "0.0.0.0:0"
		o.Network = networks("192.168.1.5", "10.0.0.7", "2001:db8::5")
	})
	a := h.setUp("Alice")
	b := h.join("Bob")
	links := []string{b.call("POST", "/api/me/links", nil).want(t, 201, "").json(t)["url"].(string),
		a.call("POST", "/api/people/2/links", nil).want(t, 201, "").json(t)["url"].(string)}
	invite := b.call("GET", "/api/invite", nil).want(t, 200, "").json(t)
	for _, u := range invite["urls"].([]any) {
		links = append(links, u.(string))
	}
	links = append(links, invite["local"].(string), "http://192.168.1.5:"+itoa(h.app.bound.Port)+"/")
	if len(links) != 7 {
		t.Fatalf("links %v", links)
	}
	for _, link := range links {
		answer := b.qr(link).want(t, 200, "")
		if got := answer.header.Get("Content-Type"); got != "image/svg+xml" {
			t.Errorf("it comes as %s", got)
		}
		if got := scan(t, answer.body); got != link {
			t.Errorf("the camera reads %q, the link is %q", got, link)
		}
	}
	h.nobody().qr(links[0]).want(t, 401, "unauthorized")
}

func TestAnyCodeCanBeRead(t *testing.T) {
	for range 200 {
		link := "http://192.168.1.5:7272/#join=" + rand.Text()[:8]
		picture, err := drawQR(link)
		if err != nil {
			t.Fatal(err)
		}
		if got := scan(t, []byte(picture)); got != link {
			t.Errorf("the camera reads %q, the link is %q", got, link)
		}
	}
}

func TestOnlyOwnLinksAreDrawn(t *testing.T) {
	h := startHost(t, func(o *Options) { o.Addr = "0.0.0.0:0" })
	a := h.setUp("Alice")
	own := "http://192.168.1.5:" + itoa(h.app.bound.Port)
	a.qr(own+"/#join=abc").want(t, 200, "")
	for _, text := range []string{
		"", "x", own, own + "/x", own + "/?x=1", own + "/#", own + "/#join=", own + "/#token=abc", own + "/#join=a b", own + "/#join=<script>",
		own + "/#join=abc&x=1", own + "/#join=" + strings.Repeat("a", 300),
		"http://evil.example/#join=abc", "http://192.168.1.6:7272/#join=abc", "http://192.168.1.5:1/#join=abc",
		strings.Replace(own, "http", "https", 1) + "/#join=abc", strings.Replace(own, "http://", "http://user@", 1) + "/#join=abc",
		own + ".evil.example/#join=abc", "javascript:alert(1)", "HTTP" + own[4:] + "/#join=abc", "//192.168.1.5/", "http://192.168.1.5%00/",
	} {
		a.qr(text).want(t, 422, "invalid")
	}
	a.call("GET", "/api/invite/qr.svg", nil).want(t, 422, "invalid")
}
