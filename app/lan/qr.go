package lan

import (
	"fmt"
	"strings"
)

// quietZone is how many empty modules a scanner needs around the code.
const quietZone = 4

// DrawQR draws a text as a QR code in SVG, one unit to a module. It is dark on
// white whatever the page's colours, because many scanners read nothing else.
// An error means that the text is too long, beyond some 2,300 bytes.
func DrawQR(text string) (string, error) {
	code, err := encodeQR(text)
	if err != nil {
		return "", err
	}
	size := code.Size + 2*quietZone
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#14161c" d="`, size, size, size, size)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}
