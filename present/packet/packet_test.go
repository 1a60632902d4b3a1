package packet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"stayput/derive/brief"
	"stayput/derive/brief/brieftest"
	"stayput/derive/claims"
	"stayput/derive/draft"
	"stayput/derive/packet"
	"stayput/derive/reading"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/format/document"
	"stayput/format/docx"
	"stayput/format/pdf"
	"stayput/format/plain"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	saybrief "stayput/present/brief"
	"stayput/present/letter"
	say "stayput/present/packet"
)

var on, entry = facttest.Day, facttest.Entry

func says(s string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Summary = s } }

func options(b *brief.Brief, lang string) say.Options {
	cat, _ := locale.For(lang)
	return say.Options{Options: letter.For(b, cat, paper.Plain, packs.Texts(lang)), Goal: func(g *brief.GoalProgress) string { return g.Name() },
		Claim: func(c *claims.Claim) say.Told {
			return say.Told{Title: "TITLE " + string(c.Sort), Says: []string{"It happened."}, Days: "A day", Rule: "The rule", Citation: c.Citation, Checked: "checked", Last: []string{"Until then."}}
		}}
}

func record() []fact.Entry {
	return []fact.Entry{
		entry("worry", "2025-09-30", "concern_raised", says("She cries before school.")),
		entry("ask", "2025-09-29", "evaluation_requested", says("Please test her reading.")),
		entry("no", "2025-10-06", "evaluation_refused", says("Good grades."), func(e *fact.Entry) { e.Re, e.Files = "ask", []string{"no.pdf"} }),
		entry("consent", "2025-09-02", "evaluation_consent_received"),
		entry("call", "2025-10-20", "contact", func(e *fact.Entry) { e.By, e.Fields.Offers = "lea", []string{"Two hours a week."} }),
		entry("med", "2025-11-12", "mediation_session_held", says("zqroom")),
	}
}

// Every pack is a document that can be written, in both languages, and says what the
// record holds, in words.
func TestDocuments(t *testing.T) {
	b := brieftest.Make(t, "2025-12-01", fact.Case{Child: fact.Child{Name: "Sol", Born: on("2016-03-01")}}, record()...)
	in := draft.From(b, draft.Sources{})
	want := map[string]map[packet.Name][]string{
		"en": {
			packet.ForMeeting:   {"Pack for the meeting", "Child: Sol", "Born: March 1, 2016", "As of: December 1, 2025", "No meeting is set", "September 30, 2025", "She cries before school.", "What the school owes and is late", "November 1, 2025", "The record holds no plan in force with services."},
			packet.ForMediation: {"What should be different at the end of the day?", "Good grades.", "November 12, 2025", "Two hours a week.", "The district", "Complaint to the State", "October 6, 2026", "The record holds no plan in force."},
			packet.ForComplaint: {"1. TITLE", "What happened: A day. It happened.", "34 CFR 300.301", "Exhibit 1:", "What would resolve this?", "Last days: Until then.", "(no paper is with it)"},
		},
		"es": {
			packet.ForMeeting:   {"Carpeta para la reunión", "Niño o niña: Sol", "1 de marzo de 2016", "She cries before school.", "Lo que la escuela debe y está atrasado", "1 de noviembre de 2025"},
			packet.ForMediation: {"¿Qué debería ser distinto al final del día?", "12 de noviembre de 2025", "Two hours a week.", "6 de octubre de 2026"},
			packet.ForComplaint: {"Qué pasó: A day.", "34 CFR 300.301", "Prueba 1:", "¿Qué resolvería esto?"},
		},
	}
	for lang, packs := range want {
		for n, texts := range packs {
			d := say.Document(packet.Make(n, in), options(b, lang))
			s := plain.String(d)
			for _, x := range texts {
				if !strings.Contains(strings.Join(strings.Fields(s), " "), x) {
					t.Errorf("%s %s: no %q in\n%s", lang, n, x, s)
				}
			}
			if strings.Contains(s, "zqroom") {
				t.Errorf("%s %s tells what was said in a mediation room", lang, n)
			}
			if d.Language != lang+"-US" {
				t.Errorf("language %s", d.Language)
			}
			for i := range 2 {
				var one, two bytes.Buffer
				write := func(b *bytes.Buffer) error {
					if i == 0 {
						_, err := pdf.Write(b, d)
						return err
					}
					return docx.Write(b, d)
				}
				if write(&one) != nil || write(&two) != nil || one.Len() == 0 || !bytes.Equal(one.Bytes(), two.Bytes()) {
					t.Errorf("%s %s: not written, or not the same bytes twice", lang, n)
				}
			}
		}
	}
}

// Every part of a pack names its rows' entries, and each row has as many cells as the head.
func TestParts(t *testing.T) {
	b := brieftest.Make(t, "2025-12-01", fact.Case{}, record()...)
	for _, n := range packet.Names {
		for _, x := range say.Parts(packet.Make(n, draft.From(b, draft.Sources{})), options(b, "en")) {
			if x.Title == "" || strings.Contains(x.Title, "packet.") {
				t.Errorf("%s %s: title %q", n, x.ID, x.Title)
			}
			for _, r := range x.Rows {
				if len(r.Cells) != len(x.Head) || r.Entry == "" && x.ID != "routes" && x.ID != "members" {
					t.Errorf("%s %s: %+v", n, x.ID, r)
				}
			}
		}
	}
}

func friday(b *brief.Brief, lang, sender string) *say.Friday {
	cat, _ := locale.For(lang)
	return say.Letter(packet.WeekOf(b), b, say.FridayOptions{Cat: cat, Words: packs.Texts(lang).In(saybrief.Packs(b)...), Sender: sender})
}

// Consent on January 12, 2026: day 60 is March 13. The letter of Friday, March 6 says so,
// and whose move it is.
func TestFriday(t *testing.T) {
	kase := fact.Case{Child: fact.Child{Name: "Sol"}, Contacts: []fact.Contact{{Role: "parent", Name: "Eva L."}}}
	es := []fact.Entry{entry("consent", "2026-01-12", "evaluation_consent_received"), entry("call", "2026-03-03", "contact", says("They will call back")), entry("med", "2026-03-04", "mediation_session_held", says("zqroom"))}
	b := brieftest.Make(t, "2026-03-06", kase, es...)
	for lang, texts := range map[string][]string{
		"en": {"Hello Eva L.,", "Here is the week of Sol, from February 28, 2026 to March 6, 2026.", "March 3, 2026: Contact", "“They will call back”", "March 4, 2026", "March 13, 2026", "The school does this.", "What I need from you", "A. Sample"},
		"es": {"Hola, Eva L.:", "desde el 28 de febrero de 2026 hasta el 6 de marzo de 2026", "3 de marzo de 2026", "13 de marzo de 2026", "Lo hace la escuela.", "Lo que necesito de usted"},
	} {
		f := friday(b, lang, "A. Sample")
		s := strings.Join(strings.Fields(plain.String(f.Document)), " ")
		for _, x := range texts {
			if !strings.Contains(s, x) {
				t.Errorf("%s: no %q in\n%s", lang, x, s)
			}
		}
		if strings.Contains(s, "zqroom") || strings.Contains(s, "friday.") {
			t.Errorf("%s:\n%s", lang, s)
		}
	}
	if f := friday(brieftest.Make(t, "2026-03-06", fact.Case{}), "en", ""); !strings.Contains(plain.String(f.Document), "Nothing is written down for this week.") || !strings.Contains(f.Subject, "your child") {
		t.Errorf("of nothing:\n%s", plain.String(f.Document))
	}
}

// However much happened, the letter stays within one page and says what it left out, and
// its own words are plain.
func TestFridayIsShort(t *testing.T) {
	var es []fact.Entry
	for i := range 40 {
		es = append(es, entry(fmt.Sprint("c", i), "2026-03-04", "contact", says(strings.Repeat("A long talk about what comes next. ", 20))))
	}
	for i := range 12 {
		es = append(es, entry(fmt.Sprint("d", i), "2025-09-0"+fmt.Sprint(1+i%9), "records_access_requested"), entry(fmt.Sprint("r", i), fmt.Sprintf("2026-01-%02d", 10+i), "evaluation_consent_received"))
	}
	b := brieftest.Make(t, "2026-03-06", fact.Case{Child: fact.Child{Name: "Sol"}}, es...)
	for _, lang := range locale.Languages {
		f := friday(b, lang, "A. Sample")
		var out bytes.Buffer
		r, err := pdf.Write(&out, f.Document)
		if err != nil || r.Pages != 1 {
			t.Errorf("%s: %d pages, %v\n%s", lang, r.Pages, err, plain.String(f.Document))
		}
		if s := plain.String(f.Document); !strings.Contains(s, "36") { // 40 less the four that are shown
			t.Errorf("%s does not say how many are left out:\n%s", lang, s)
		}
		var own strings.Builder
		for _, x := range friday(brieftest.Make(t, "2026-03-06", fact.Case{}, entry("r", "2026-01-12", "evaluation_consent_received")), lang, "A. Sample").Document.Blocks {
			switch x := x.(type) {
			case document.Paragraph:
				own.WriteString(plain.Line(x) + "\n\n")
			case document.List:
				for _, p := range x.Items {
					own.WriteString(plain.Line(p) + "\n\n")
				}
			}
		}
		if m := reading.Measure(own.String(), lang, nil); m.Level != reading.Easy && m.Level != reading.Plain {
			t.Errorf("%s reads as %s: %+v\n%s", lang, m.Level, m.Scores, own.String())
		}
	}
}

// A duty of which two days can be defended is late from the second, March 10; the letter
// says that day beside the days of its lateness, and greets nobody of two parents by name.
func TestFridaySaysTheDayItCountsFrom(t *testing.T) {
	kase := fact.Case{Contacts: []fact.Contact{{Role: "parent", Name: "Eva L."}, {Role: "parent", Name: "Leo L."}}}
	b := brieftest.Make(t, "2026-03-15", kase, entry("consent", "2026-01-12", "evaluation_consent_received"))
	w := packet.WeekOf(b)
	if len(w.Late) == 0 {
		t.Fatal("nothing late")
	}
	c := *w.Late[0]
	c.On, c.Latest, c.DaysLate, c.Disputed = on("2026-03-03"), on("2026-03-10"), 5, true
	w.Late = append(w.Late[:0], &c)
	cat, _ := locale.For("en")
	s := strings.Join(strings.Fields(plain.String(say.Letter(w, b, say.FridayOptions{Cat: cat, Words: packs.Texts("en").In(saybrief.Packs(b)...)}).Document)), " ")
	if !strings.Contains(s, "It was due March 10, 2026, 5 days ago.") || strings.Contains(s, "March 3, 2026") {
		t.Error(s)
	}
	if strings.Contains(s, "Eva L.") || strings.Contains(s, "Leo L.") || !strings.Contains(s, "Hello,") {
		t.Error(s)
	}
}
