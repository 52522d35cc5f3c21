package lan

import (
	"crypto/rand"
	"encoding/xml"
	"image"
	"image/color"
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
		if m[3] != m[4] || x < quietZone || y < quietZone || x+w > size-quietZone || y >= size-quietZone {
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

// read draws a text and wants a camera to read it.
func read(t *testing.T, text string) {
	t.Helper()
	picture, err := DrawQR(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := scan(t, []byte(picture)); got != text {
		t.Errorf("the camera reads %q, the link is %q", got, text)
	}
}

func TestTheCameraReadsTheLink(t *testing.T) {
	for _, link := range []string{
		"http://192.168.1.5:7272/",
		"http://10.0.0.7:7272/#join=join-me",
		"http://[2001:db8::5]:7272/#join=join-me",
		"http://house.local:7272/#join=join-me",
		"http://localhost:7272/#link=" + rand.Text() + rand.Text() + "." + rand.Text(),
	} {
		read(t, link)
	}
}

func TestAnyCodeCanBeRead(t *testing.T) {
	for range 200 {
		read(t, "http://192.168.1.5:7272/#join="+rand.Text()[:8])
	}
}

func TestWhatIsTooLongIsNotDrawn(t *testing.T) {
	if picture, err := DrawQR(strings.Repeat("a", 3000)); err == nil || picture != "" {
		t.Errorf("%.100s, %v", picture, err)
	}
}
