package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// fontSize is that of every text, in units of the picture. The style of the pages
// sets the same.
const fontSize = 13

// wide is how wide a text is at most; the widest lines of the font are narrower.
func wide(text string) float64 { return float64(utf8.RuneCountInString(text)) * fontSize * 0.6 }

// A canvas collects elements.
type canvas struct{ bytes.Buffer }

// attr writes attributes: names and values, numbers to a hundredth.
func (c *canvas) attr(pairs ...any) {
	for i := 0; i+1 < len(pairs); i += 2 {
		value := ""
		switch v := pairs[i+1].(type) {
		case float64:
			value = number(v)
		default:
			value = fmt.Sprint(v)
		}
		fmt.Fprintf(c, ` %s="%s"`, pairs[i], escape(value))
	}
}

func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// one writes an element without content.
func (c *canvas) one(name string, pairs ...any) {
	c.WriteString("<" + name)
	c.attr(pairs...)
	c.WriteString("/>")
}

// told writes an element whose content is a title, which a mouse shows.
func (c *canvas) told(title, name string, pairs ...any) {
	c.WriteString("<" + name)
	c.attr(pairs...)
	c.WriteString("><title>" + escape(title) + "</title></" + name + ">")
}

// text writes a text.
func (c *canvas) text(x, y float64, anchor, text string) {
	c.WriteString("<text")
	c.attr("x", x, "y", y)
	if anchor != "start" {
		c.attr("text-anchor", anchor)
	}
	c.WriteString(">" + escape(text) + "</text>")
}

// halo writes a strong text that keeps readable on a line.
func (c *canvas) halo(x, y float64, anchor, text string) {
	c.WriteString("<text")
	c.attr("x", x, "y", y, "text-anchor", anchor, "class", "strong", "font-weight", "700", "fill", "#000", "stroke", "#fff", "stroke-width", "4", "stroke-linejoin", "round", "paint-order", "stroke")
	c.WriteString(">" + escape(text) + "</text>")
}

// escape makes a text safe in XML; what XML cannot hold becomes a sign for it.
func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

// points writes a list of points.
func points(xy []float64) string {
	var b strings.Builder
	for i := 0; i+1 < len(xy); i += 2 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(number(xy[i]) + "," + number(xy[i+1]))
	}
	return b.String()
}

// id keeps what may stand in an id.
func id(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, s)
	if s == "" || s[0] < 'A' {
		s = "c" + s
	}
	return s
}
