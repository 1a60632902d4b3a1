package docx

import (
	"strconv"

	"stayput/format/document"
)

// image writes a picture in a paragraph of its own. Lengths are in the format's units,
// 12,700 to a point.
func (w *writer) image(m document.Image, style string) error {
	m, err := m.Bare()
	if err != nil {
		return err
	}
	z, err := m.Size()
	if err != nil {
		return err
	}
	wide, high := m.Across(z, float64(w.width)/20, float64(w.height)/20)
	w.picture(part{z.Format, m.Data}, m.Alt, style, "", wide, high)
	return nil
}

// picture writes a picture, so many points wide and high; more are properties of its
// paragraph. The name of the part is its kind.
func (w *writer) picture(p part, alt, style, more string, wide, high float64) {
	n := strconv.Itoa(len(w.pictures) + 1)
	name := "media/image" + n + "." + p.name
	w.pictures = append(w.pictures, part{name, p.data})
	cx, cy := strconv.Itoa(max(1, int(wide*12700))), strconv.Itoa(max(1, int(high*12700)))
	w.put(`<w:p><w:pPr>`)
	if style != "" {
		w.put(`<w:pStyle w:val="`, style, `"/>`)
	}
	w.put(more, `<w:keepLines/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="`, cx, `" cy="`, cy, `"/>`,
		`<wp:docPr id="`, n, `" name="image`, n, `" descr="`, escape(alt), `"/>`,
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`,
		`<pic:nvPicPr><pic:cNvPr id="`, n, `" name="image`, n, `" descr="`, escape(alt), `"/><pic:cNvPicPr/></pic:nvPicPr>`,
		`<pic:blipFill><a:blip r:embed="picture`, n, `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`,
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`, cx, `" cy="`, cy, `"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`,
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)
}
