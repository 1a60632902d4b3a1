package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // pictures come as PNG or JPEG
	"strconv"

	"stayput/fault"
	"stayput/format/document"
)

// A picture is the object of a picture. The same bytes are written once.
type picture struct {
	id    int
	label string
}

// image makes the strip of a picture.
func (w *writer) image(m document.Image, column length) (strip, error) {
	key := &m.Data[0]
	m, err := m.Bare()
	if err != nil {
		return strip{}, err
	}
	z, err := m.Size()
	if err != nil {
		return strip{}, err
	}
	wide, high := m.Across(z, float64(column)/1000, float64(w.high-2*margin)/1000)
	x, err := w.picture(key, m, z)
	if err != nil {
		return strip{}, err
	}
	t := under(w.root, "Figure").hang()
	t.alt = printable(m.Alt)
	cx, cy := max(1000, length(wide*1000)), max(1000, length(high*1000))
	return strip{high: cy, after: w.apart, draw: func(p *page, y length) {
		left, foot := length(margin), p.high-y-cy
		t.attrs = "/O/Layout/Placement/Block/BBox[" + points(left, foot, left+cx, foot+cy) + "]"
		p.end()
		p.begin(t)
		p.put("q ", points(cx), " 0 0 ", points(cy), " ", points(left, foot), " cm /", x.label, " Do Q\n")
		p.end()
	}}, nil
}

// picture writes the object of a picture.
func (w *writer) picture(key *byte, m document.Image, z document.Size) (*picture, error) {
	if x := w.pictures[key]; x != nil {
		return x, nil
	}
	x := &picture{id: w.file.next(), label: "I" + strconv.Itoa(len(w.drawn)+1)}
	dict := "/Type/XObject/Subtype/Image/Width " + strconv.Itoa(z.Width) + "/Height " + strconv.Itoa(z.Height) + "/BitsPerComponent 8"
	if z.Format == "jpeg" {
		if err := w.jpeg(x, m.Data, dict); err != nil {
			return nil, err
		}
	} else if err := w.png(x, m.Data, dict); err != nil {
		return nil, err
	}
	w.pictures[key] = x
	w.drawn = append(w.drawn, x)
	return x, nil
}

// jpeg passes a JPEG on as it is.
func (w *writer) jpeg(x *picture, data []byte, dict string) error {
	c, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return unread(err)
	}
	switch c.ColorModel {
	case color.GrayModel:
		dict += "/ColorSpace/DeviceGray"
	case color.CMYKModel:
		dict += "/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]"
	default:
		dict += "/ColorSpace/DeviceRGB"
	}
	w.file.raw(x.id, dict+"/Filter/DCTDecode", data)
	return nil
}

// png writes the dots of a PNG, and apart from them how far each can be seen through.
func (w *writer) png(x *picture, data []byte, dict string) error {
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return unread(err)
	}
	b := src.Bounds()
	n := b.Dx() * b.Dy()
	dots, clear := make([]byte, 0, 3*n), make([]byte, 0, n)
	solid := true
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for i := b.Min.X; i < b.Max.X; i++ {
			c := dot(src, i, y)
			dots = append(dots, c.R, c.G, c.B)
			clear = append(clear, c.A)
			solid = solid && c.A == 255
		}
	}
	if !solid {
		mask := w.file.next()
		w.file.stream(mask, dict+"/ColorSpace/DeviceGray", clear)
		dict += "/SMask " + ref(mask)
	}
	w.file.stream(x.id, dict+"/ColorSpace/DeviceRGB", dots)
	return nil
}

// dot is one dot of a picture, without much ado for the common kinds.
func dot(src image.Image, x, y int) color.NRGBA {
	switch m := src.(type) {
	case *image.NRGBA:
		return m.NRGBAAt(x, y)
	case *image.RGBA:
		if c := m.RGBAAt(x, y); c.A == 255 {
			return color.NRGBA(c)
		}
	case *image.Gray:
		g := m.GrayAt(x, y).Y
		return color.NRGBA{g, g, g, 255}
	}
	return color.NRGBAModel.Convert(src.At(x, y)).(color.NRGBA)
}

func unread(err error) error {
	return fault.New(fault.Invalid, fault.Position{}, "document.picture_unread").Wrap(err)
}
