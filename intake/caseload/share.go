package caseload

import (
	"regexp"
	"strings"

	"stayput/day"
)

// What other readers of spreadsheets use: the same bytes are read in the same way
// wherever they come in.

// DecodeText gives the text of a file and the name of its encoding; ok is false
// when it is not text.
func DecodeText(data []byte) (text, encoding string, ok bool) { return decode(data) }

// CleanText takes out control characters, marks that turn the direction of
// writing, and the spaces around a text.
func CleanText(s string) string { return clean(s) }

// Fold is a text in small letters, without accents and signs, with one blank
// between its words.
func Fold(s string) string { return fold(s) }

// HideNumbers takes social security numbers out of a text and says whether there
// were any.
func HideNumbers(s string) (string, bool) { return hideNumbers(s) }

// RefusedHeader says why a column of that header is never read, or nothing.
func RefusedHeader(header string) Refusal { return refusal(header) }

// Records reads the records of a CSV text one after the other.
type Records struct {
	Comma byte // what parts the cells
	p     parser
}

// ReadRecords finds what parts the cells and begins with the first record.
func ReadRecords(text string) *Records {
	c, rest := comma(text)
	return &Records{Comma: c, p: parser{comma: c, text: rest}}
}

// Next gives the next record without the empty cells at its end; ok is false at
// the end of the text.
func (r *Records) Next() (cells []string, ok bool) { return r.p.next() }

// OpenQuote is the line on which a quote was opened that nothing closes, or 0.
func (r *Records) OpenQuote() int {
	if r.p.open == 0 {
		return 0
	}
	return 1 + strings.Count(r.p.text[:r.p.open-1], "\n")
}

// ReadDay reads a text as a day. latest is the last year that a year of two
// digits may mean. When it is none, key says why: one of the caseload.* keys of
// dates; caseload.date_ambiguous when both orders are possible.
func ReadDay(text string, order Order, latest int) (d day.When, key string) {
	r := readDate(text, order, pivot{latest})
	if r.flaw == noFlaw && (r.when.Earliest < entrySpan.First || r.when.Latest > entrySpan.Last) {
		return day.When{}, string(outsideSpan)
	}
	return r.when, string(r.flaw)
}

// OrderOf says which order of day and month a text shows, or nothing.
func OrderOf(text string) Order { return orderOf(text) }

// DateFormat reports that numbers in a format of a workbook are dates: by its
// number, or by its code when that is not empty.
func DateFormat(id int, code string) bool {
	if code != "" {
		return formatOf(code).date
	}
	return builtIn(id).date
}

var timeLetters = regexp.MustCompile(`(?i)h+[^a-z]*m+|\[m+\]|m+[^a-z]*s+`)

// TimeFormat reports that numbers in a format are a time of day or a length of
// time, in parts of a day.
func TimeFormat(id int, code string) bool {
	if code != "" {
		return timeLetters.MatchString(code) && !formatOf(code).date
	}
	return id >= 18 && id <= 21 || id >= 45 && id <= 47
}

// SerialDay is the day of a number as workbooks keep it, counted from 1900, or
// from 1904 as older Macs do.
func SerialDay(n float64, from1904 bool) (day.Date, bool) {
	if from1904 {
		return serials1904(n)
	}
	return serials1900(n)
}
