package lan

import (
	"errors"

	"rsc.io/qr/coding"
)

// encodeQR chooses the smallest code for a text, and of its eight masks the one
// that cameras read best by the standard's own rules. The library's short way
// always takes the first.
func encodeQR(text string) (*coding.Code, error) {
	data := coding.String(text)
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		if data.Bits(v) > v.DataBytes(coding.M)*8 {
			continue
		}
		var best *coding.Code
		least := 0
		for mask := range coding.Mask(8) {
			plan, err := coding.NewPlan(v, coding.M, mask)
			if err != nil {
				return nil, err
			}
			code, err := plan.Encode(data)
			if err != nil {
				return nil, err
			}
			if p := penalty(code); best == nil || p < least {
				best, least = code, p
			}
		}
		return best, nil
	}
	return nil, errors.New("the text is too long for a QR code")
}

// penalty counts what makes a code hard to read (ISO/IEC 18004, 7.8.3): long
// runs, blocks of one colour, what looks like a corner mark, and too much of
// one colour altogether.
func penalty(c *coding.Code) int {
	total, dark := 0, 0
	across := func(x, y int) bool { return c.Black(x, y) }
	down := func(x, y int) bool { return c.Black(y, x) }
	for _, at := range []func(x, y int) bool{across, down} {
		for y := range c.Size {
			total += linePenalty(c.Size, func(x int) bool { return at(x, y) })
		}
	}
	for y := range c.Size {
		for x := range c.Size {
			b := c.Black(x, y)
			if b {
				dark++
			}
			if x > 0 && y > 0 && b == c.Black(x-1, y) && b == c.Black(x, y-1) && b == c.Black(x-1, y-1) {
				total += 3
			}
		}
	}
	off := dark*20 - c.Size*c.Size*10 // twentieths of the area away from a half
	return total + max(off, -off)/(c.Size*c.Size)*10
}

// linePenalty is that of one row or column.
func linePenalty(size int, at func(x int) bool) int {
	const before, behind = 0b00001011101, 0b10111010000
	total, run, window := 0, 0, 0
	for x := range size {
		if x > 0 && at(x) == at(x-1) {
			run++
		} else {
			run = 1
		}
		switch {
		case run == 5:
			total += 3
		case run > 5:
			total++
		}
		window = window << 1 & 0b11111111111
		if at(x) {
			window |= 1
		}
		if x >= 10 && (window == before || window == behind) {
			total += 40
		}
	}
	return total
}
