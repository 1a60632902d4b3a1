package pdf

import (
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"stayput/format/document"
)

// label sets the text of a label on one line; nil when there is nothing to see.
func (t *typesetter) label(l document.Label, lang string) ([]span, *line) {
	// Letters are set large and drawn smaller: sizes of the format are whole points.
	spans := []span{{text: l.Line(), look: look{size: labelSize, bold: l.Strong}}}
	ls := t.lines(spans, lang, 1<<40)
	if len(ls[0].clusters) == 0 {
		return nil, nil
	}
	return spans, &ls[0]
}

const labelSize = 10

// An Op is a step of an outline.
type Op uint8

// The steps. Each goes on from where the one before ended.
const (
	MoveTo Op = iota // begins a new outline at To[0]
	LineTo           // to To[0]
	QuadTo           // a curve pulled by To[0], to To[1]
	CubeTo           // a curve pulled by To[0] and To[1], to To[2]
)

// A Step is one step of the outline of a letter.
type Step struct {
	Op Op
	To [3]document.Point
}

// Letters are the outlines of a label, from where it begins and the line it stands on, down
// being more; and how wide it is. They are for who draws letters without a font.
func Letters(l document.Label, lang string) (wide float64, steps []Step) {
	t := typesetters.Get().(*typesetter)
	defer typesetters.Put(t)
	t.lost = map[rune]bool{}
	_, line := t.label(l, lang)
	if line == nil {
		return 0, nil
	}
	size := l.Size / labelSize
	for i := range line.clusters {
		c := &line.clusters[i]
		face := t.shapes(c.face)
		em := float64(face.Upem())
		for _, g := range c.glyphs {
			out, ok := face.GlyphDataOutline(font.GID(g.id))
			if !ok {
				continue // a letter of nothing, as a space
			}
			left, up := float64(line.at[i]+g.x*labelSize)/1000*size, float64(g.y*labelSize)/1000*size
			for _, s := range out.Segments {
				x := Step{Op: ops[s.Op]}
				for k, a := range s.ArgsSlice() {
					x.To[k] = document.Point{X: left + float64(a.X)*l.Size/em, Y: -up - float64(a.Y)*l.Size/em}
				}
				steps = append(steps, x)
			}
		}
	}
	return float64(line.wide) * size / 1000, steps
}

var ops = map[opentype.SegmentOp]Op{opentype.SegmentOpMoveTo: MoveTo, opentype.SegmentOpLineTo: LineTo, opentype.SegmentOpQuadTo: QuadTo, opentype.SegmentOpCubeTo: CubeTo}
