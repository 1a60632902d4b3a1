package chart

import (
	"fmt"
	"strconv"
	"strings"

	"stayput/locale"
)

// A Staircase is the ways to answer a no as steps, the nearest at the foot.
type Staircase struct {
	ID    string // as in Picture
	Steps []Stair
}

// A Stair is one step: how it is called, how it stands (a word of standings), and
// whether the case is on it.
type Stair struct {
	Step     int
	Name     string
	Standing string
	Here     bool
	Chosen   bool
}

// standings are how a step can stand; each has a sign of its own, so that they are told
// apart without colour.
var standings = map[string]func(c *canvas, x, y float64){
	"tried": func(c *canvas, x, y float64) {
		c.one("circle", "cx", x, "cy", y, "r", 9., "fill", "#0b6773", "stroke", "#0b6773", "stroke-width", "2")
		c.one("polyline", "points", points([]float64{x - 4.5, y, x - 1.5, y + 3.5, x + 4.5, y - 4}), "fill", "none", "stroke", "#fff", "stroke-width", "2.5", "stroke-linecap", "round", "stroke-linejoin", "round")
	},
	"pending": func(c *canvas, x, y float64) {
		c.one("circle", "cx", x, "cy", y, "r", 9., "fill", "#fff", "stroke", "#0b6773", "stroke-width", "2.5")
		c.one("path", "d", fmt.Sprintf("M%s %sA9 9 0 0 1 %s %sZ", number(x), number(y-9), number(x), number(y+9)), "fill", "#0b6773")
	},
	"possible_now": func(c *canvas, x, y float64) {
		c.one("circle", "cx", x, "cy", y, "r", 9., "fill", "#fff", "stroke", "#0b6773", "stroke-width", "2.5")
	},
	"needs_first": func(c *canvas, x, y float64) {
		c.one("circle", "cx", x, "cy", y, "r", 9., "fill", "#fff", "stroke", "#6e6a63", "stroke-width", "2", "stroke-dasharray", "4 3.07")
	},
	"does_not_fit": func(c *canvas, x, y float64) {
		c.one("circle", "cx", x, "cy", y, "r", 9., "fill", "#fff", "stroke", "#6e6a63", "stroke-width", "1")
		c.one("line", "x1", x-4.5, "y1", y, "x2", x+4.5, "y2", y, "stroke", "#6e6a63", "stroke-width", "2")
	},
}

// usable are the steps that can be drawn.
func (s Staircase) usable() []Stair {
	var out []Stair
	for _, x := range s.Steps {
		if standings[x.Standing] != nil && len(out) < 20 {
			out = append(out, x)
		}
	}
	return out
}

// says is how a step stands, in words.
func (x Stair) says(cat *locale.Catalog) string {
	text := cat.T("routes.stair." + x.Standing)
	if x.Chosen {
		text += ", " + cat.T("routes.chart.chosen")
	}
	return text
}

// Where is the one sentence of the picture: on which step the case is.
func (s Staircase) Where(cat *locale.Catalog) string {
	all := s.usable()
	for _, x := range all {
		if x.Here {
			return cat.T("routes.chart.where", "n", strconv.Itoa(x.Step), "of", strconv.Itoa(all[len(all)-1].Step), "name", clip(x.Name, 120), "state", lowered(x.says(cat)))
		}
	}
	return cat.T("routes.chart.nowhere")
}

// lowered is a text with a small first letter, to stand inside a sentence.
func lowered(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}

// Description is the picture in sentences.
func (s Staircase) Description(cat *locale.Catalog) string {
	var out []string
	for _, x := range s.usable() {
		out = append(out, cat.T("routes.chart.step", "n", strconv.Itoa(x.Step), "name", clip(x.Name, 120), "state", lowered(x.says(cat))))
	}
	return strings.Join(append([]string{s.Where(cat)}, out...), " ")
}

// Table says the same as a table.
func (s Staircase) Table(cat *locale.Catalog) Table {
	t := Table{Caption: cat.T("routes.chart.table"), Head: []string{cat.T("routes.chart.col_step"), cat.T("routes.chart.col_way"), cat.T("routes.chart.col_state")}}
	for _, x := range s.usable() {
		state := x.says(cat)
		if x.Here {
			state += " (" + lowered(cat.T("routes.chart.here")) + ")"
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(x.Step), x.Name, state})
	}
	return t
}

// begin writes the head of the picture.
func (s Staircase) begin(cat *locale.Catalog, class string, wide, tall float64) *canvas {
	c := &canvas{}
	at := id(s.ID + "-" + class)
	c.WriteString("<svg")
	c.attr("xmlns", "http://www.w3.org/2000/svg", "class", class, "viewBox", fmt.Sprintf("0 0 %s %s", number(wide), number(tall)), "role", "img", "aria-labelledby", at+"-t "+at+"-d",
		"font-size", float64(fontSize), "font-family", "sans-serif", "fill", "#333")
	fmt.Fprintf(c, `><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, at, escape(cat.T("routes.chart.title")), at, escape(s.Description(cat)))
	return c
}

// Measures of the staircase, in units of the picture.
const (
	stairTall = 40. // one step with two lines
	hereTall  = 19. // the line more of the step the case is on
	stairSign = 17. // from the edge of a step to the middle of its sign
	stairText = 35. // from the edge of a step to its words
)

// Stairs draws the steps with their words: the nearest at the foot, each further in
// than the one under it.
func Stairs(cat *locale.Catalog, s Staircase, size Size) []byte {
	all := s.usable()
	in := 9.
	if size.Width > Narrow.Width {
		in = 28
	}
	tall := 8.
	for _, x := range all {
		tall += stairTall
		if x.Here {
			tall += hereTall
		}
	}
	c := s.begin(cat, size.Class, size.Width, tall+4)
	y := tall
	var edge []float64
	for i, x := range all {
		left, high := 2+in*float64(i), stairTall
		if x.Here {
			high += hereTall
		}
		y -= high
		edge = append(edge, left, y+high, left, y)
		if x.Here {
			c.one("rect", "x", left+1, "y", y+1, "width", size.Width-left-2, "height", high-2, "rx", 6., "fill", "#e3f1f3", "stroke", "#0b6773", "stroke-width", "2.5")
		}
	}
	if len(edge) > 0 { // the outline of the stairs
		c.one("polyline", "class", "axis", "points", points(append(edge, size.Width-1, edge[len(edge)-1])), "fill", "none", "stroke", "#6e6a63", "stroke-width", "1.5")
	}
	y = tall
	for i, x := range all {
		left, high := 2+in*float64(i), stairTall
		if x.Here {
			high += hereTall
		}
		y -= high
		standings[x.Standing](c, left+stairSign, y+20)
		room := int((size.Width - left - stairText - 4) / (fontSize * 0.6))
		c.strong(left+stairText, y+17, clip(strconv.Itoa(x.Step)+". "+x.Name, room))
		c.text(left+stairText, y+33, "start", clip(x.says(cat), room))
		if x.Here {
			c.strong(left+stairText, y+33+hereTall-1, clip(cat.T("routes.chart.here"), room))
		}
	}
	c.WriteString("</svg>")
	return c.Bytes()
}

// strong writes a strong text.
func (c *canvas) strong(x, y float64, text string) {
	c.WriteString("<text")
	c.attr("x", x, "y", y, "class", "strong", "font-weight", "700", "fill", "#000")
	c.WriteString(">" + escape(text) + "</text>")
}

// StairsSmall draws the steps as signs alone, with their numbers and where the case is,
// to stand beside a sentence that says the same.
func StairsSmall(cat *locale.Catalog, s Staircase, size Size) []byte {
	all := s.usable()
	const rise, foot, block, flag = 8., 22., 26., 46.
	across := size.Width
	tread := (across - 4) / float64(max(1, len(all)))
	top := 2.
	for i, x := range all {
		top = max(top, rise*float64(i)+2)
		if x.Here {
			top = max(top, rise*float64(i)+flag)
		}
	}
	tall := top + block + foot
	c := s.begin(cat, size.Class, across, tall)
	edge := []float64{2, tall - foot}
	for i, x := range all {
		left, y := 2+tread*float64(i), tall-foot-block-rise*float64(i)
		if x.Here {
			c.one("rect", "x", left, "y", y, "width", tread, "height", tall-foot-y, "fill", "#e3f1f3", "stroke", "#0b6773", "stroke-width", "2.5")
		}
		edge = append(edge, left, y, left+tread, y)
	}
	edge = append(edge, across-2, tall-foot, 2, tall-foot)
	c.one("polyline", "class", "axis", "points", points(edge), "fill", "none", "stroke", "#6e6a63", "stroke-width", "1.5")
	for i, x := range all {
		mid, y := 2+tread*(float64(i)+0.5), tall-foot-block-rise*float64(i)
		standings[x.Standing](c, mid, y+13)
		c.text(mid, tall-7, "middle", strconv.Itoa(x.Step))
		if x.Here {
			text := cat.T("routes.chart.here")
			half := wideOf(text) / 2
			c.one("line", "x1", mid, "x2", mid, "y1", y-22, "y2", y-1, "stroke", "#0b6773", "stroke-width", "2.5")
			c.one("polygon", "points", points([]float64{mid - 5, y - 8, mid + 5, y - 8, mid, y - 1}), "fill", "#0b6773")
			c.WriteString("<text")
			c.attr("x", min(max(mid, half+2), across-half-2), "y", y-27, "text-anchor", "middle", "class", "strong", "font-weight", "700", "fill", "#000")
			c.WriteString(">" + escape(text) + "</text>")
		}
	}
	c.WriteString("</svg>")
	return c.Bytes()
}

// wideOf is how wide a strong text is at most.
func wideOf(text string) float64 { return wide(text) * 1.1 }
