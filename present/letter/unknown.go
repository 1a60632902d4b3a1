package letter

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/derive/draft"
	"stayput/locale"
	"stayput/paper"
)

// Dates finds the dates in a text: as its language writes them, and as 2026-03-05 or
// 3/5/2026.
func Dates(cat *locale.Catalog, text string) map[string]day.Date {
	out := map[string]day.Date{}
	put := func(said string, y, m, d int) {
		if x, err := day.Of(y, time.Month(m), d); err == nil {
			out[said] = x
		}
	}
	months := map[string]int{}
	names := []string{}
	for m := time.January; m <= time.December; m++ {
		n := strings.ToLower(cat.Month(m))
		months[n] = int(m)
		names = append(names, regexp.QuoteMeta(n))
	}
	any := strings.Join(names, "|")
	if cat.Lang() == "es" {
		for _, f := range regexp.MustCompile(`(?i)(\d{1,2})(?:º|°)? de (`+any+`) (?:de|del) (\d{4})`).FindAllStringSubmatch(text, -1) {
			put(f[0], number(f[3]), months[strings.ToLower(f[2])], number(f[1]))
		}
	} else {
		for _, f := range regexp.MustCompile(`(?i)(`+any+`) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})`).FindAllStringSubmatch(text, -1) {
			put(f[0], number(f[3]), months[strings.ToLower(f[1])], number(f[2]))
		}
	}
	for _, f := range isoDate.FindAllStringSubmatch(text, -1) {
		put(f[0], number(f[1]), number(f[2]), number(f[3]))
	}
	for _, f := range slashDate.FindAllStringSubmatch(text, -1) {
		y := number(f[3])
		if y < 100 {
			y += 2000
		}
		if cat.Lang() == "es" && number(f[1]) > 12 {
			put(f[0], y, number(f[2]), number(f[1]))
		} else {
			put(f[0], y, number(f[1]), number(f[2]))
		}
	}
	return out
}

var (
	isoDate   = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	slashDate = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b`)
	amounts   = regexp.MustCompile(`(?i)\$\d[\d,]*(?:\.\d{2})?|\b(\d[\d,]*) (?:minutes|minutos|sessions|sesiones|days late|days|días)\b`)
)

func number(s string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	return n
}

// Unknown lists the dates and amounts of a text that stand in no fact of the case and in
// no wording of the paper: each may be right, and each is worth a look.
func Unknown(cat *locale.Catalog, p *paper.Paper, f *draft.Facts, drafted []Used, text string) []string {
	dates, said := map[day.Date]bool{}, map[string]bool{}
	note := func(v draft.Value) {
		if v.Date != 0 {
			dates[v.Date] = true
		}
		if v.Named.Date != 0 {
			dates[v.Named.Date] = true
		}
		switch v.Sort {
		case paper.Number:
			said[strconv.Itoa(v.Number)] = true
		case paper.Minutes:
			said[strconv.Itoa(v.Minutes.Whole())] = true
		case paper.Money:
			said[Dollars(v.Cents)] = true
		}
		for _, n := range digits.FindAllString(v.Said, -1) {
			said[n] = true
		}
	}
	for _, v := range f.Fields {
		note(v)
	}
	for name, rows := range f.Lists {
		for _, r := range rows {
			if name == "weak" { // the other side's own words
				for _, d := range Dates(cat, r.Values["quote"].Said) {
					dates[d] = true
				}
			}
			for _, v := range r.Values {
				note(v)
			}
		}
	}
	for _, u := range drafted {
		for _, d := range Dates(cat, u.Said) {
			if u.Field == "today" || u.Field == "reply.by" {
				dates[d] = true
			}
		}
		for _, n := range digits.FindAllString(u.Said, -1) {
			said[n] = true
		}
	}
	fixed := wording(p, cat.Lang())
	var out []string
	seen := map[string]bool{}
	add := func(s string) {
		if !seen[s] && !strings.Contains(fixed, s) {
			seen[s] = true
			out = append(out, s)
		}
	}
	for s, d := range Dates(cat, text) {
		if !dates[d] {
			add(s)
		}
	}
	for _, m := range amounts.FindAllStringSubmatch(text, -1) {
		if n := m[1]; n == "" && !said[m[0]] || n != "" && !said[n] && !said[strings.ReplaceAll(n, ",", "")] {
			add(m[0])
		}
	}
	sortBy(out, text)
	return out
}

var digits = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)

// wording is all fixed words of a paper in a language.
func wording(p *paper.Paper, lang string) string {
	var b strings.Builder
	var walk func([]paper.Part)
	text := func(w paper.Wording) {
		for _, r := range paper.Registers {
			for _, x := range w.In(lang, r) {
				b.WriteString(x.Words)
			}
			b.WriteByte('\n')
		}
	}
	walk = func(ps []paper.Part) {
		for i := range ps {
			text(ps[i].Text)
			for _, w := range ps[i].Items {
				text(w)
			}
			for _, c := range ps[i].Cols {
				text(c.Cell)
			}
			walk(ps[i].Parts)
		}
	}
	walk(p.Body)
	return b.String()
}
