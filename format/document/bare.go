package document

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"slices"

	"stayput/fault"
)

// Bare is a picture without what a camera or a program wrote beside it: where and when it
// was taken, by whom, a film of the moment. A picture that a camera says is to be turned
// is turned.
func (m Image) Bare() (Image, error) {
	z, err := m.Size()
	if err != nil {
		return m, err
	}
	if z.Format == "png" {
		m.Data = barePNG(m.Data)
		return m, nil
	}
	data, turn := bareJPEG(m.Data)
	m.Data = data
	if turn < 2 || turn > 8 {
		return m, nil
	}
	src, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return m, fault.New(fault.Invalid, fault.Position{}, "document.picture_unread").Wrap(err)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, turned(src, turn), &jpeg.Options{Quality: 92}); err != nil {
		return m, err
	}
	m.Data = b.Bytes()
	return m, nil
}

// barePNG leaves out the pieces of a PNG that hold texts, times and places.
func barePNG(data []byte) []byte {
	const head = 8
	out := slices.Clone(data[:min(head, len(data))])
	for at := head; at+12 <= len(data); {
		end := at + 12 + int(binary.BigEndian.Uint32(data[at:]))
		if end > len(data) || end < at {
			break // cut off: a reader says so
		}
		switch string(data[at+4 : at+8]) {
		case "tEXt", "zTXt", "iTXt", "eXIf", "tIME":
		default:
			out = append(out, data[at:end]...)
		}
		at = end
	}
	return out
}

// The parts of a JPEG begin with a byte of ones and one of these.
const (
	jpegEnd     = 0xD9
	jpegScan    = 0xDA
	jpegApp0    = 0xE0
	jpegExif    = 0xE1
	jpegProfile = 0xE2
	jpegAdobe   = 0xEE
	jpegAppLast = 0xEF
	jpegComment = 0xFE
)

// bareJPEG leaves out what stands beside the picture, and what follows it, and tells how
// the camera says it is to be turned; 1 is not at all.
func bareJPEG(data []byte) (out []byte, turn int) {
	turn = 1
	out = slices.Clone(data[:min(2, len(data))])
	for at := 2; at+4 <= len(data); {
		if data[at] != 0xFF {
			return append(out, data[at:]...), turn // a reader says what is wrong
		}
		kind := data[at+1]
		if kind == jpegEnd {
			break
		}
		if kind == 0xFF || kind >= 0xD0 && kind < jpegEnd { // stands alone
			out = append(out, data[at])
			if kind != 0xFF {
				out = append(out, kind)
				at++
			}
			at++
			continue
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end > len(data) {
			return append(out, data[at:]...), turn
		}
		body := data[at+4 : max(end, at+4)]
		keep := true
		switch {
		case kind == jpegExif:
			if t := exifTurn(body); t > 0 {
				turn = t
			}
			keep = false
		case kind == jpegProfile:
			keep = bytes.HasPrefix(body, []byte("ICC_PROFILE"))
		case kind > jpegApp0 && kind <= jpegAppLast && kind != jpegAdobe, kind == jpegComment:
			keep = false
		}
		if kind == jpegScan {
			for end+1 < len(data) && (data[end] != 0xFF || data[end+1] == 0 || data[end+1] >= 0xD0 && data[end+1] < jpegEnd) {
				end++
			}
		}
		if keep {
			out = append(out, data[at:end]...)
		}
		at = end
	}
	return append(out, 0xFF, jpegEnd), turn
}

// exifTurn is how a camera says that a picture is to be turned; 0 when it does not say.
func exifTurn(b []byte) int {
	b, ok := bytes.CutPrefix(b, []byte("Exif\x00\x00"))
	if !ok || len(b) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at+2 > len(b) {
		return 0
	}
	n := int(order.Uint16(b[at:]))
	for i := range n {
		e := at + 2 + 12*i
		if e+12 > len(b) {
			return 0
		}
		if order.Uint16(b[e:]) == 0x0112 {
			return int(order.Uint16(b[e+8:]))
		}
	}
	return 0
}

// turned is a picture turned as one of the eight ways of a camera says.
func turned(src image.Image, way int) image.Image {
	b := src.Bounds()
	wide, high := b.Dx(), b.Dy()
	if way >= 5 {
		wide, high = high, wide
	}
	out := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			var sx, sy int
			switch way {
			case 2: // mirrored
				sx, sy = wide-1-x, y
			case 3: // upside down
				sx, sy = wide-1-x, high-1-y
			case 4:
				sx, sy = x, high-1-y
			case 5:
				sx, sy = y, x
			case 6: // the camera lay on its side
				sx, sy = y, wide-1-x
			case 7:
				sx, sy = high-1-y, wide-1-x
			default: // 8: on its other side
				sx, sy = high-1-y, x
			}
			out.Set(x, y, src.At(b.Min.X+sx, b.Min.Y+sy))
		}
	}
	return out
}
