package letter

import (
	"fmt"
	"strconv"
	"strings"

	"stayput/derive/draft"
	"stayput/format/document"
	"stayput/paper"
	"stayput/present/review"
)

// words are the value of a field in the paper's language.
func (c *composer) words(field string, v draft.Value) string {
	cat := c.o.Cat
	switch v.Sort {
	case paper.Date:
		return cat.Date(v.Date)
	case paper.Said:
		if strings.HasSuffix(field, ".address") {
			return oneLine(strings.ReplaceAll(strings.TrimSpace(v.Said), "\n", ", "))
		}
		if strings.HasPrefix(field, "to.") {
			return cat.List(strings.Split(strings.TrimSpace(v.Said), "\n")) // several people who get it
		}
		if key := "letter.relation_" + strings.ToLower(v.Said); field == "sender.relation" && cat.Has(key) {
			return cat.T(key)
		}
		return oneLine(v.Said)
	case paper.Number:
		return strconv.Itoa(v.Number)
	case paper.Minutes:
		if v.Unit == "sessions" {
			return cat.N("letter.sessions", v.Minutes.Whole(), "amount", thousands(v.Minutes.Whole()))
		}
		return cat.N("letter.minutes", v.Minutes.Whole(), "amount", thousands(v.Minutes.Whole()))
	case paper.Money:
		return Dollars(v.Cents)
	case paper.Law:
		return v.Law
	}
	n := v.Named
	switch {
	case n.Kind != 0:
		return c.called(n)
	case n.Key == "letter.reasons":
		return c.reasons(n.Words)
	case n.Key == "letter.claim_late":
		return cat.T(n.Key, "what", c.o.Title(n.Rule))
	case n.Key == "letter.claim_plan":
		return cat.T(n.Key, "what", review.Formal(cat, n.Plan, n.Find))
	case n.Key == "letter.when":
		return cat.When(n.When)
	case n.Key == "letter.time":
		return cat.Time(n.Minute)
	case n.Rule != "":
		return c.o.Title(n.Rule)
	case n.Line != nil:
		return review.Amount(cat, n.Line.Amount())
	case n.Lang != "":
		return cat.Language(n.Lang)
	case n.Item[0] != "":
		if p, err := c.o.Papers.Get(n.Item[0]); err == nil {
			if n.Item[1] == "" {
				return p.Title[cat.Lang()]
			}
			if it, _ := p.Contents.Item(n.Item[1]); it != nil {
				return it.Is[cat.Lang()]
			}
		}
		return n.Item[1]
	case n.Part != "":
		if name := review.Called(cat, n.Part, v.Said); name != "" {
			return oneLine(name)
		}
		return cat.T("plan_component." + string(n.Part))
	case n.Key == "letter.probe":
		return cat.T(n.Key, "value", v.Said, "date", cat.Date(n.Date))
	case n.Key == "letter.claim_service":
		return cat.T(n.Key, "service", oneLine(v.Said))
	case n.Key == "letter.proof":
		return c.proof(n.Items)
	}
	return cat.T(n.Key)
}

// proof names the entries that show something, with the number of the paper that is with
// each.
func (c *composer) proof(items []draft.Shown) string {
	var out []string
	for _, x := range items {
		s := c.o.Cat.T("letter.shown", "what", c.called(x.What), "when", c.o.Cat.When(x.On))
		if x.No > 0 {
			s = c.o.Cat.T("letter.shown_paper", "shown", s, "no", strconv.Itoa(x.No))
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// called is what an entry is called.
func (c *composer) called(n draft.Named) string {
	if n.Kind != 0 {
		return curl(c.o.Cat.Kind(n.Kind.String()))
	}
	return c.o.Cat.T(n.Key)
}

// oneLine is text as it stands inside a sentence.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Dollars is an amount of money: $1,250.00.
func Dollars(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	whole := thousands(int(cents / 100))
	return fmt.Sprintf("%s$%s.%02d", sign, whole, cents%100)
}

// thousands is a number as it is written in the United States, in English and in Spanish:
// 2,160.
func thousands(n int) string {
	out := strconv.Itoa(n)
	for i := len(out) - 3; i > 0 && out[i-1] != '-'; i -= 3 {
		out = out[:i] + "," + out[i:]
	}
	return out
}

// Plain is a block's text, without its look.
func Plain(b document.Block) string {
	switch x := b.(type) {
	case document.Heading:
		return x.Text
	case document.Paragraph:
		return plainRuns(x.Runs)
	case document.List:
		var out []string
		for _, p := range x.Items {
			out = append(out, plainRuns(p.Runs))
		}
		return strings.Join(out, "\n")
	case document.Table:
		out := append([]string{x.Caption}, x.Head...)
		for _, row := range x.Rows {
			for _, cell := range row {
				for _, p := range cell {
					out = append(out, plainRuns(p.Runs))
				}
			}
		}
		return strings.Join(out, "\n")
	case document.Signature:
		var out []string
		for _, l := range x.Lines {
			out = append(out, l.Label)
		}
		return strings.Join(out, "\n")
	case document.Letterhead:
		return strings.Join(x.Lines, "\n")
	}
	return ""
}

func plainRuns(rs []document.Run) string {
	var b strings.Builder
	for _, r := range rs {
		if r.Blank {
			b.WriteString("[[" + r.Text + "]]")
			continue
		}
		b.WriteString(r.Text)
	}
	return b.String()
}
