package document

import (
	"bytes"
	"image"
	_ "image/jpeg" // the two kinds of pictures that are taken
	_ "image/png"
	"strconv"

	"stayput/fault"
)

// largest is how many pixels a picture may have: more than a phone's camera gives, and
// little enough to be held in memory.
const largest = 40_000_000

// A Size is what a picture says of itself.
type Size struct {
	Format        string // "png" or "jpeg"
	Width, Height int    // in pixels
}

// Size reads how large a picture is, from its first bytes alone. A picture that is too
// large is refused before anything of it is drawn.
func (m Image) Size() (Size, error) {
	c, format, err := image.DecodeConfig(bytes.NewReader(m.Data))
	if err != nil || c.Width <= 0 || c.Height <= 0 || format != "png" && format != "jpeg" {
		return Size{}, fault.New(fault.Invalid, fault.Position{}, "document.picture_unread").Wrap(err)
	}
	if int64(c.Width)*int64(c.Height) > largest {
		return Size{}, fault.New(fault.Invalid, fault.Position{}, "document.picture_large",
			"width", strconv.Itoa(c.Width), "height", strconv.Itoa(c.Height), "limit", strconv.Itoa(largest/1_000_000))
	}
	return Size{Format: format, Width: c.Width, Height: c.Height}, nil
}

// Across is how wide and how high a picture stands in a column, in points. A pixel is a
// ninety-sixth of an inch, as on a screen.
func (m Image) Across(z Size, column, page float64) (wide, high float64) {
	wide = m.Width
	if wide == 0 {
		wide = float64(z.Width) * 0.75
	}
	wide = min(wide, column)
	high = wide * float64(z.Height) / float64(z.Width)
	if high > page {
		wide, high = wide*page/high, page
	}
	return wide, high
}
