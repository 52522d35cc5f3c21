package config

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"duologue/app/wire"
)

// fileSize is a flag: bytes, or with K, M, G or T behind the number so many
// times 1024 of them.
type fileSize int64

func (s *fileSize) String() string {
	n, unit := int64(*s), ""
	for _, u := range []string{"K", "M", "G", "T"} {
		if n == 0 || n%1024 != 0 {
			break
		}
		n, unit = n/1024, u
	}
	return strconv.FormatInt(n, 10) + unit
}

func (s *fileSize) Set(text string) error {
	text = strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(text)), "B")
	shift := 0
	if i := strings.IndexAny(text, "KMGT"); i > 0 && i == len(text)-1 {
		shift = 10 * (1 + strings.IndexByte("KMGT", text[i]))
		text = text[:i]
	}
	n, ok := wire.ParseNumber(text, 63)
	if !ok || n > math.MaxInt64>>shift {
		return errors.New("it takes a number of bytes, as 500M or 4G")
	}
	*s = fileSize(n << shift)
	return nil
}
