package docx

import (
	"stayput/format/document"
	"stayput/format/raster"
)

// inch is how many dots a drawing has to an inch: as fine as paper shows.
const inch = 250

// drawing writes a drawing as a picture, which every word processor shows.
func (w *writer) drawing(d document.Drawing) error {
	wide, high := d.Across(float64(w.width)/20, float64(w.height)/20)
	data, err := raster.PNG(d, w.d.Language, wide/d.Wide*inch/72)
	if err != nil {
		return err
	}
	with := ""
	if d.With {
		with = `<w:keepNext/>`
	}
	w.picture(part{"png", data}, d.Alt, "", with, wide, high)
	return nil
}
