package checkin

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"stayput/derive/checkin"
	"stayput/format/yaml"
	"stayput/locale"
	"stayput/plan"
)

// An Item is a part of the program in force that somebody may be asked about.
type Item struct {
	Component string
	Part      plan.Part
	Name      string
}

// A Question is one that a child may be asked.
type Question struct {
	Text  string
	About string // the component; "" for a question about school as a whole
}

//go:embed topics.yaml
var topicsFile []byte

type topic struct {
	id    string
	words []string
}

// topics are read once; they are the program's own and a test reads them.
var topics = sync.OnceValue(func() []topic {
	var r yaml.Reader
	n, err := yaml.Read("topics.yaml", topicsFile, yaml.DefaultLimits)
	if err != nil {
		return nil
	}
	m := r.Map(n)
	if m == nil {
		return nil
	}
	var out []topic
	for _, item := range r.List(m.Get("topics")) {
		t := topic{id: r.Text(r.Map(item).Get("id"))}
		for _, w := range r.List(r.Map(item).Get("words")) {
			t.words = append(t.words, checkin.Fold(r.Text(w)))
		}
		out = append(out, t)
	}
	return out
})

// Topic is what a text is about, "" when no topic fits: a word of it, or several in
// a row, begin as one of the topic's do.
func Topic(text string) string {
	folded := " " + checkin.Fold(text)
	for _, t := range topics() {
		for _, w := range t.words {
			if strings.Contains(folded, " "+w) {
				return t.id
			}
		}
	}
	return ""
}

// Younger reports that a child is asked in the words for the first grades: up to
// the fourth, or up to nine years where no grade is known.
func Younger(grade string, years int) bool {
	g := strings.ToLower(strings.TrimSpace(grade))
	switch g {
	case "":
		return years > 0 && years <= 9
	case "k", "tk", "pk", "prek", "pre-k", "kindergarten", "preschool":
		return true
	}
	if n, err := strconv.Atoi(g); err == nil {
		return n <= 4
	}
	return years > 0 && years <= 9
}

// mostAsked is how many questions a child is offered at most.
const mostAsked = 8

// ForChild are questions to the child about what is in force: open, in words for
// the age, never leading, and at most eight. The first is about school as a whole.
func ForChild(cat *locale.Catalog, items []Item, younger bool) []Question {
	band := "older"
	if younger {
		band = "younger"
	}
	out := []Question{{Text: cat.T("webcheckin.child.whole_" + band)}}
	seen := map[string]bool{}
	put := func(text, about string) {
		if len(out) < mostAsked && !seen[text] {
			seen[text] = true
			out = append(out, Question{text, about})
		}
	}
	for _, x := range items {
		name := strings.TrimRight(strings.TrimSpace(x.Name), ".")
		switch x.Part {
		case plan.ServiceLines:
			put(cat.T("webcheckin.child.service_"+band, "service", name), x.Component)
		case plan.Accommodations, plan.Decisions:
			if t := Topic(name); t != "" {
				put(cat.T("webcheckin.child."+t+"_"+band), x.Component)
			} else if !younger && x.Part == plan.Accommodations {
				put(cat.T("webcheckin.child.part_older", "part", name), x.Component)
			}
		}
	}
	return out
}

// Weekly is the message to teachers of this week: its subject, and its text with a
// line for each part that is asked about.
func Weekly(cat *locale.Catalog, child, teacher, from string, items []Item, days int) (subject, body string) {
	var b strings.Builder
	subject = cat.T("webcheckin.mail.subject", "child", child)
	greeting := cat.T("webcheckin.mail.hello_all")
	if teacher != "" {
		greeting = cat.T("webcheckin.mail.hello", "teacher", teacher)
	}
	b.WriteString(greeting + "\n\n" + cat.T("webcheckin.mail.opening", "child", child) + "\n")
	for i, x := range items {
		name := strings.TrimRight(strings.TrimSpace(x.Name), ".")
		key := "webcheckin.mail.part"
		if x.Part == plan.ServiceLines {
			key = "webcheckin.mail.service"
		}
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + cat.T(key, "part", name))
	}
	b.WriteString("\n\n" + cat.T("webcheckin.mail.anything", "child", child) + "\n")
	if days > 0 {
		b.WriteString("\n" + cat.N("webcheckin.mail.within", days) + "\n")
	}
	b.WriteString("\n" + cat.T("webcheckin.mail.thanks"))
	if from != "" {
		b.WriteString("\n" + from)
	}
	b.WriteString("\n")
	return subject, b.String()
}
