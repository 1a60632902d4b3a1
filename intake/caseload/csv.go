package caseload

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"stayput/fault"
)

// Encodings of a text file.
const (
	utf8Text    = "utf-8"
	utf16LE     = "utf-16le"
	utf16BE     = "utf-16be"
	windows1252 = "windows-1252"
)

// decode gives the text of a file and the name of its encoding; ok is false
// when it is not text.
func decode(data []byte) (text, encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
		return strings.ToValidUTF8(string(data), "\uFFFD"), utf8Text, plain(data)
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		text, ok = decode16(data[2:], false)
		return text, utf16LE, ok
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		text, ok = decode16(data[2:], true)
		return text, utf16BE, ok
	}
	if big, is := looks16(data); is {
		text, ok = decode16(data, big)
		if big {
			return text, utf16BE, ok
		}
		return text, utf16LE, ok
	}
	if !plain(data) {
		return "", "", false
	}
	if utf8.Valid(data) {
		return string(data), utf8Text, true
	}
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		switch {
		case c < 0x80 || c >= 0xA0:
			b.WriteRune(rune(c))
		default:
			r := high[c-0x80]
			if r == 0 {
				return "", "", false
			}
			b.WriteRune(r)
		}
	}
	return b.String(), windows1252, true
}

// high is what Windows-1252 has from 0x80 to 0x9F; zero is nothing.
var high = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// plain reports that there are no control characters but those of text.
func plain(data []byte) bool {
	odd := 0
	for _, c := range data {
		switch {
		case c == 0:
			return false
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x0B && c != 0x1A:
			odd++
		}
	}
	return odd <= 2+len(data)/1000
}

// looks16 finds UTF-16 without a mark by where its zeros are.
func looks16(data []byte) (big, is bool) {
	head := data[:min(len(data), 4096)&^1]
	if len(head) < 4 {
		return false, false
	}
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case zero[1] > half*6/10 && zero[0]*20 < half:
		return false, true
	case zero[0] > half*6/10 && zero[1]*20 < half:
		return true, true
	}
	return false, false
}

func decode16(data []byte, big bool) (string, bool) {
	if len(data)%2 != 0 {
		data = data[:len(data)-1]
	}
	var b strings.Builder
	b.Grow(len(data))
	unit := func(i int) rune {
		if big {
			return rune(data[i])<<8 | rune(data[i+1])
		}
		return rune(data[i+1])<<8 | rune(data[i])
	}
	for i := 0; i < len(data); i += 2 {
		r := unit(i)
		if r == 0 {
			return "", false
		}
		if utf16.IsSurrogate(r) {
			next := rune(0)
			if i+3 < len(data) {
				next = unit(i + 2)
			}
			if r = utf16.DecodeRune(r, next); r != utf8.RuneError {
				i += 2
			}
		}
		b.WriteRune(r)
	}
	return b.String(), true
}

// commas are the characters that may part cells, the likeliest first.
var commas = []byte{',', ';', '\t', '|'}

// comma finds the character that parts the cells: the one that gives the first
// records the most cells, alike in number.
func comma(text string) (c byte, rest string) {
	line, after, _ := strings.Cut(text, "\n")
	if line = strings.TrimRight(line, "\r"); len(line) == 5 && strings.EqualFold(line[:4], "sep=") {
		return line[4], after // a line that Excel writes for itself
	}
	head := text[:min(len(text), 64<<10)]
	best, most := commas[0], 0
	for _, c := range commas {
		var counts []int
		p := parser{text: head, comma: c}
		for len(counts) < 20 {
			rec, ok := p.next()
			if !ok {
				break
			}
			if len(rec) > 1 || len(rec) == 1 && rec[0] != "" {
				counts = append(counts, len(rec))
			}
		}
		same := map[int]int{}
		for _, n := range counts {
			same[n]++
		}
		score := 0
		for n, k := range same {
			if n > 1 {
				score = max(score, (n-1)*k*k)
			}
		}
		if score > most {
			best, most = c, score
		}
	}
	return best, text
}

// parser gives the records of a CSV text. A quote inside an unquoted cell is an
// ordinary character, and so is what follows a closing quote.
type parser struct {
	text  string
	comma byte
	pos   int
	open  int // the byte where a quote was opened that nothing closes, plus one
	buf   []byte
}

// next gives the next record without the empty cells at its end; a line with
// nothing on it is a record without cells.
func (p *parser) next() ([]string, bool) {
	if p.pos >= len(p.text) {
		return nil, false
	}
	var rec []string
	last := 0
	for n := 1; ; n++ {
		cell, end := p.cell()
		if len(rec) <= MaxColumns {
			if cell != "" {
				for len(rec) < min(n-1, MaxColumns+1) {
					rec = append(rec, "")
				}
				rec = append(rec, cell)
				last = len(rec)
			}
		}
		if end {
			return rec[:last], true
		}
	}
}

// cell reads one cell and what ends it; end says that the record ends too.
func (p *parser) cell() (cell string, end bool) {
	t := p.text
	if p.pos < len(t) && t[p.pos] == '"' {
		p.buf = p.buf[:0]
		start := p.pos
		i := p.pos + 1
		for {
			j := strings.IndexByte(t[i:], '"')
			if j < 0 {
				p.open = start + 1
				p.pos = len(t)
				return string(append(p.buf, t[i:]...)), true
			}
			p.buf = append(p.buf, t[i:i+j]...)
			i += j + 1
			if i < len(t) && t[i] == '"' {
				p.buf = append(p.buf, '"')
				i++
				continue
			}
			break
		}
		tail, end := p.until(i)
		return string(append(p.buf, tail...)), end
	}
	return p.until(p.pos)
}

// until reads to the end of a cell that has no quotes.
func (p *parser) until(i int) (cell string, end bool) {
	t := p.text
	for j := i; j < len(t); j++ {
		switch t[j] {
		case p.comma:
			p.pos = j + 1
			return t[i:j], false
		case '\n':
			p.pos = j + 1
			return t[i:j], true
		case '\r':
			p.pos = j + 1
			if p.pos < len(t) && t[p.pos] == '\n' {
				p.pos++
			}
			return t[i:j], true
		}
	}
	p.pos = len(t)
	return t[i:], true
}

// openCSV reads a text file.
func openCSV(name string, data []byte) (*Sheet, error) {
	text, encoding, ok := decode(data)
	if !ok {
		return nil, fault.New(fault.Invalid, fault.Position{File: name}, "caseload.not_text")
	}
	s := &Sheet{File: name, Format: CSV, Encoding: encoding}
	p := parser{}
	p.comma, p.text = comma(text)
	s.Comma = string(rune(p.comma))
	for n := 1; ; n++ {
		rec, ok := p.next()
		if !ok {
			break
		}
		if p.open > 0 {
			line := 1 + strings.Count(p.text[:p.open-1], "\n")
			return nil, fault.New(fault.Invalid, fault.Position{File: name, Line: line}, "caseload.open_quote", "line", strconv.Itoa(line))
		}
		if len(rec) == 0 {
			continue
		}
		if len(rec) > MaxColumns {
			return nil, tooMany(name, n)
		}
		r := row{n: n, cells: make([]cell, len(rec))}
		for i, c := range rec {
			if len(c) > MaxCell {
				return nil, tooLong(name, n, i)
			}
			r.cells[i].text = clean(c)
		}
		if !r.trim() {
			continue
		}
		if len(s.rows) == MaxRows+slack {
			return nil, tooTall(name)
		}
		s.rows = append(s.rows, r)
	}
	return s, s.settle()
}
