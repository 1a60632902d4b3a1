package guide

import (
	"bytes"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"stayput/fact"
)

func TestReads(t *testing.T) {
	gs, err := read(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range Languages {
		g := gs[l]
		if len(g.Terms) < 100 || len(g.Myths) < 20 || len(g.Topics) < 15 || len(g.Cards) < 10 || len(g.Captures) < 8 || g.Opening == "" {
			t.Errorf("%s: %d terms, %d myths, %d topics, %d cards, %d captures", l, len(g.Terms), len(g.Myths), len(g.Topics), len(g.Cards), len(g.Captures))
		}
		for _, s := range []fact.Side{fact.FamilySide, fact.SchoolSide} {
			if n := len(g.DoorsFor(s)); n != 5 {
				t.Errorf("%s: %d doors for the %s side", l, n, s)
			}
		}
	}
}

func TestFor(t *testing.T) {
	for give, want := range map[string]string{"en": "en", "es": "es", "es-MX": "es", "ES_us": "es", "": "en", "fr": "en"} {
		if g := For(give); g.Lang != want {
			t.Errorf("For(%q) is %s, want %s", give, g.Lang, want)
		}
	}
	g := For("es")
	if x := g.Term("pwn"); x == nil || !strings.Contains(x.Term, "Aviso previo") {
		t.Errorf("Term(pwn) = %v", x)
	}
	if g.Term("nothing") != nil || g.Topic("nothing") != nil || g.Card("nothing") != nil {
		t.Error("what is not there was found")
	}
	if g.Topic("rights") == nil || g.Card("evaluation") == nil {
		t.Error("rights or evaluation not found")
	}
	if d, c := g.Choice("asked", "evaluation_written"); d == nil || c.Log.Kind.String() != "evaluation_requested" || c.Log.Fields.Written != fact.Yes {
		t.Errorf("Choice: %v, %v", d, c)
	}
	if d, c := g.Choice("asked", "nothing"); d != nil || c != nil {
		t.Error("a choice that is not there was found")
	}
	if _, c := g.Capture("call", "no_answer"); c == nil || c.Log.Fields.Outcome != "no_answer" {
		t.Errorf("Capture: %v", c)
	}
	if c, x := g.Capture("nothing", "call"); c != nil || x != nil {
		t.Error("a capture that is not there was found")
	}
}

// strip is v with every text of a language taken out, so that two languages
// can be compared: what is left must be the same.
func strip(v reflect.Value, texts map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			strip(v.Elem(), texts)
		}
	case reflect.Slice:
		for i := range v.Len() {
			strip(v.Index(i), texts)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch {
			case !f.IsExported():
			case texts[f.Name] && f.Type.Kind() == reflect.String:
				if v.Field(i).String() != "" {
					v.Field(i).SetString("said")
				}
			case f.Name == "Names" || f.Name == "Shown":
				v.Field(i).SetZero()
			case f.Name == "Heard" || f.Name == "Avoid" || f.Name == "Goals": // as many in each language
				for j := range v.Field(i).Len() {
					v.Field(i).Index(j).SetString("said")
				}
			default:
				strip(v.Field(i), texts)
			}
		}
	}
}

func TestBothLanguagesSayAsMuch(t *testing.T) {
	gs, err := read(files)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for _, n := range strings.Fields("Lang Opening Term Definition Myth Reality Do Title Summary Text Tip Question Unknown Label Hint Ask School Hear Say After Who Answer") {
		texts[n] = true
	}
	en, es := gs["en"], gs["es"]
	for _, g := range gs {
		strip(reflect.ValueOf(g).Elem(), texts)
		for i := range g.Cards {
			note(&g.Cards[i].Log)
			note(g.Cards[i].Spoken)
		}
		for i := range g.Doors {
			for j := range g.Doors[i].Choices {
				note(&g.Doors[i].Choices[j].Log)
			}
		}
		for i := range g.Captures {
			for j := range g.Captures[i].Choices {
				note(&g.Captures[i].Choices[j].Log)
			}
		}
	}
	for _, x := range []struct {
		what string
		a, b any
	}{
		{"terms", en.Terms, es.Terms}, {"myths", en.Myths, es.Myths}, {"topics", en.Topics, es.Topics},
		{"cards", en.Cards, es.Cards}, {"doors", en.Doors, es.Doors}, {"captures", en.Captures, es.Captures}, {"noes", en.Noes, es.Noes},
		{"sayings", en.Sayings, es.Sayings}, {"trainings", en.Trainings, es.Trainings},
	} {
		if !reflect.DeepEqual(x.a, x.b) {
			t.Errorf("%s differ in more than their words", x.what)
		}
	}
}

func note(l *Log) {
	if l != nil && l.Note != "" {
		l.Note = "said"
	}
}

// said is every text of a guide, in order, with where it stands.
type saying struct{ where, text string }

func said(g *Guide) []saying {
	var out []saying
	add := func(where string, texts ...string) {
		for _, x := range texts {
			if x != "" {
				out = append(out, saying{where, x})
			}
		}
	}
	add("opening", g.Opening)
	for _, x := range g.Terms {
		add("term "+x.ID, x.Definition)
	}
	for _, x := range g.Myths {
		add("myth "+x.ID, x.Myth, x.Reality, x.Do)
	}
	for _, x := range g.Topics {
		add("topic "+x.ID, x.Title, x.Summary)
		for _, b := range x.Body {
			for _, it := range b.Items {
				add("topic "+x.ID, it.Text)
			}
		}
	}
	for _, x := range g.Cards {
		add("card "+x.ID, x.Title, x.Shown[0].Text, x.Tip, x.Log.Note)
		if x.Spoken != nil {
			add("card "+x.ID, x.Spoken.Note)
		}
	}
	choices := func(where string, cs []Choice) {
		for _, c := range cs {
			add(where+" "+c.ID, c.Label, c.Hint, c.Log.Note)
			for _, a := range c.Asks {
				add(where+" "+c.ID, a.Question, a.Unknown)
			}
		}
	}
	for _, x := range g.Doors {
		add("door "+x.ID, x.Label, x.Hint, x.Question)
		choices("door "+x.ID, x.Choices)
	}
	for _, x := range g.Captures {
		add("capture "+x.ID, x.Label, x.Hint, x.Ask)
		choices("capture "+x.ID, x.Choices)
	}
	for _, x := range g.Noes {
		add("no "+x.ID, x.Label)
		add("no "+x.ID, x.Heard...)
		add("no "+x.ID, x.Avoid...)
		for _, p := range x.Law {
			add("no "+x.ID, p.Text)
		}
		for _, p := range x.Evidence {
			add("no "+x.ID, p.Text)
		}
		add("noschool "+x.ID, x.School)
	}
	for _, x := range g.Sayings {
		add("saying "+x.ID, x.Hear, x.Say, x.After)
		for _, p := range x.Law {
			add("saying "+x.ID, p.Text)
		}
	}
	for _, x := range g.Trainings {
		add("training "+x.ID, x.Title, x.Who)
		add("training "+x.ID, x.Goals...)
		for _, s := range x.Steps {
			add("training "+x.ID, s.Text)
		}
		for _, q := range x.Questions {
			add("training "+x.ID, q.Ask, q.Answer)
		}
		for _, p := range x.Law {
			add("training "+x.ID, p.Text)
		}
	}
	return out
}

func TestSpanishIsSpanish(t *testing.T) {
	en, es := said(For("en")), said(For("es"))
	if len(en) != len(es) {
		t.Fatalf("%d texts in English, %d in Spanish", len(en), len(es))
	}
	english := regexp.MustCompile(`(?i)\b(the|and|you|your|with|what|school)\b`)
	for i := range en {
		if en[i].text == es[i].text {
			t.Errorf("%s: the same in both languages: %q", es[i].where, es[i].text)
		}
		if english.MatchString(strings.ReplaceAll(es[i].text, "Center for Parent Information and Resources", "")) {
			t.Errorf("%s: English in the Spanish: %q", es[i].where, es[i].text)
		}
		if regexp.MustCompile(`(?i)\b(tú|tienes|puedes|tu hijo|vosotros|ordenador)\b`).MatchString(es[i].text) {
			t.Errorf("%s: not as one says usted in Los Angeles: %q", es[i].where, es[i].text)
		}
		if q := strings.Count(es[i].text, "?"); q != strings.Count(es[i].text, "¿") {
			t.Errorf("%s: a question without its ¿: %q", es[i].where, es[i].text)
		}
	}
}

var sentenceEnd = regexp.MustCompile(`[.!?]["»”)]?(\s+|$)`)

// sentences cuts a text at its sentence ends; the point of "U.S. " is none.
func sentences(s string) []string {
	var out []string
	for _, x := range sentenceEnd.Split(strings.ReplaceAll(s, ".ics", " ics"), -1) {
		if len(words(x)) > 0 {
			out = append(out, x)
		}
	}
	return out
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' })
}

func TestSentencesAreShort(t *testing.T) {
	for _, l := range Languages {
		for _, x := range said(For(l)) {
			for _, s := range sentences(x.text) {
				if n := len(words(s)); n > 30 {
					t.Errorf("%s %s: %d words: %s", l, x.where, n, s)
				}
			}
		}
	}
}

// syllables is a rough count, enough for an average.
func syllables(w string) int {
	w = strings.ToLower(w)
	n, vowel := 0, false
	for _, r := range w {
		v := strings.ContainsRune("aeiouy", r)
		if v && !vowel {
			n++
		}
		vowel = v
	}
	if n > 1 && strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") {
		n--
	}
	if n > 1 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ted") && !strings.HasSuffix(w, "ded") {
		n--
	}
	return max(n, 1)
}

// grade is the Flesch-Kincaid grade of some texts together.
func grade(texts []string) float64 {
	var nw, ns, ny int
	for _, x := range texts {
		for _, s := range sentences(x) {
			ns++
			for _, w := range words(s) {
				nw++
				ny += syllables(w)
			}
		}
	}
	if nw == 0 {
		return 0
	}
	return 0.39*float64(nw)/float64(ns) + 11.8*float64(ny)/float64(nw) - 15.59
}

func TestReadingLevel(t *testing.T) {
	g := For("en")
	byWhere, order := map[string][]string{}, []string{}
	for _, x := range said(g) {
		kind, _, _ := strings.Cut(x.where, " ")
		key := x.where
		if kind != "topic" {
			key = "all of " + kind
		}
		if byWhere[key] == nil {
			order = append(order, key)
		}
		byWhere[key] = append(byWhere[key], x.text)
	}
	for _, k := range order {
		got := grade(byWhere[k])
		t.Logf("%-20s %.1f", k, got)
		if got > 9 {
			t.Errorf("%s: grade %.1f", k, got)
		}
	}
}

// cited is the form of one citation; several stand in a row with semicolons.
var cited = []*regexp.Regexp{
	regexp.MustCompile(`^34 CFR \d+\.\d+`),
	regexp.MustCompile(`^(20|29|42) U\.S\.C\. \d+`),
	regexp.MustCompile(`^\d{4}\(`), // a further section of the same title: "1415(b)(4)"
	regexp.MustCompile(`^Cal\. Educ\. Code §§? \d+`),
	regexp.MustCompile(`^Cal\. Code Regs\. tit\. 5, §§? \d+`),
	regexp.MustCompile(`^[A-Z].* v\. .*, \d+ (U\.S\.|F\.3d) \d+ \(.*\d{4}\)$`),
	regexp.MustCompile(`^(511 IAC|603 CMR) \d`),
	regexp.MustCompile(`^OSEP (Memo|Letter) .*\(.*\d{4}\)$`),
	regexp.MustCompile(`^general counting practice elsewhere$`),
}

func TestCitations(t *testing.T) {
	check := func(where string, s Source) {
		if s.Citation == "" {
			return
		}
		for _, c := range strings.Split(s.Citation, "; ") {
			if !slices.ContainsFunc(cited, func(re *regexp.Regexp) bool { return re.MatchString(c) }) {
				t.Errorf("%s: %q has not the form of a citation", where, c)
			}
			if strings.Contains(c, " v. ") && s.Checked == Primary {
				t.Errorf("%s: a decision is not the text of the law: %s", where, c)
			}
		}
	}
	g := For("en")
	for _, x := range g.Terms {
		check("term "+x.ID, x.Source)
	}
	for _, x := range g.Myths {
		check("myth "+x.ID, x.Source)
		if x.Citation == "" {
			t.Errorf("myth %s has no citation", x.ID)
		}
	}
	for _, x := range g.Cards {
		check("card "+x.ID, x.Source)
		if x.Citation == "" && x.ID != "received" {
			t.Errorf("card %s has no citation", x.ID)
		}
	}
	for _, x := range g.Sayings {
		for _, p := range x.Law {
			check("saying "+x.ID, p.Source)
		}
	}
	for _, x := range g.Trainings {
		for _, p := range x.Law {
			check("training "+x.ID, p.Source)
		}
	}
	law := regexp.MustCompile(`(?i)\b(federal law|the law (says|asks|sets|requires)|the district must|the school must|by law|supreme court)\b`)
	for _, x := range g.Topics {
		for _, b := range x.Body {
			for _, it := range b.Items {
				check("topic "+x.ID, it.Source)
				if law.MatchString(it.Text) && it.Citation == "" && !strings.HasPrefix(it.Text, "Stayput ") {
					t.Errorf("topic %s states law without a citation: %s", x.ID, it.Text)
				}
			}
		}
	}
}

// TestNeverAsks is the promise that nothing asks for immigration status or a
// social security number, and that nothing predicts or blames.
func TestNeverAsks(t *testing.T) {
	tender := regexp.MustCompile(`(?i)immigration|inmigra|migrator|social security|seguro social|\bSSN\b`)
	promise := regexp.MustCompile(`(?i)\b(never|not|no|nunca|may not|no puede)\b`)
	never := regexp.MustCompile(`(?i)\b(you will win|you would win|usted (va a ganar|ganará|ganaría)|illegal|undocumented|indocumentad|su culpa|their fault|is to blame)\b`)
	for _, l := range Languages {
		for _, x := range said(For(l)) {
			if tender.MatchString(x.text) {
				if !strings.HasPrefix(x.where, "topic ") {
					t.Errorf("%s %s: %q", l, x.where, x.text)
				}
				if strings.Contains(x.text, "?") || !promise.MatchString(x.text) {
					t.Errorf("%s %s asks for what it may not: %q", l, x.where, x.text)
				}
			}
			if never.MatchString(x.text) && !strings.Contains(x.text, "promises that you will win") {
				t.Errorf("%s %s: %q", l, x.where, x.text)
			}
		}
	}
}

func TestCards(t *testing.T) {
	for _, l := range Languages {
		for _, c := range For(l).Cards {
			if len(c.Shown) != len(Languages) || c.Shown[0].Lang != l {
				t.Errorf("%s card %s is not shown in both languages, its own first", l, c.ID)
			}
			for _, w := range c.Shown {
				if n := len(sentences(w.Text)); n > 2 {
					t.Errorf("card %s has %d sentences in %s", c.ID, n, w.Lang)
				}
			}
			if c.Spoken != nil && c.Spoken.Fields.Written == fact.Yes {
				t.Errorf("card %s: spoken is not written", c.ID)
			}
		}
	}
}

func TestDoorsAndCaptures(t *testing.T) {
	g := For("en")
	for _, d := range g.Doors {
		if n := len(d.Choices); n < 3 || n > 6 {
			t.Errorf("door %s has %d choices", d.ID, n)
		}
		last := d.Choices[len(d.Choices)-1]
		if last.ID != "other" || last.Log.Kind.String() != "contact" || !strings.Contains(last.Label, "I do not know") {
			t.Errorf("door %s does not end with what is not known", d.ID)
		}
		for _, c := range d.Choices {
			if len(c.Asks) == 0 || 2+len(c.Asks) > mostQuestions {
				t.Errorf("door %s, %s: %d questions", d.ID, c.ID, len(c.Asks))
			}
			if c.Log.Kind == 0 {
				t.Errorf("door %s, %s logs nothing", d.ID, c.ID)
			}
			if i := c.Log.Kind.Info(); i.By != "" && c.Log.By != "" && i.By != c.Log.By {
				t.Errorf("door %s, %s: done by %s, but %s is done by %s", d.ID, c.ID, c.Log.By, i.Name, i.By)
			}
			if i := c.Log.Kind.Info(); i.Appointment != slices.ContainsFunc(c.Asks, func(a Ask) bool { return a.ID == "when_set" }) {
				t.Errorf("door %s, %s asks for the wrong day", d.ID, c.ID)
			}
		}
	}
	seen := map[string]bool{}
	for _, c := range g.Captures {
		seen[c.Icon] = true
		for _, x := range c.Choices {
			if x.Log.Kind == 0 || len(x.Asks) != 0 {
				t.Errorf("capture %s, %s", c.ID, x.ID)
			}
		}
	}
	if len(seen) != len(icons) {
		t.Errorf("%d icons used, of %d", len(seen), len(icons))
	}
	for _, x := range []struct{ capture, choice, kind string }{
		{"child_words", "said", "child_said"}, {"visit", "visited", "classroom_visited"},
	} {
		if _, c := g.Capture(x.capture, x.choice); c == nil || c.Log.Kind.String() != x.kind {
			t.Errorf("capture %s does not log %s", x.capture, x.kind)
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       string // id=words, in order
	}{
		{"en", "The district owes you prior written notice. Stay put begins later.", "pwn=prior written notice stay_put=Stay put"},
		{"en", "An IEP meeting is set at noon; the IEP team meets.", "iep=IEP iep_team=IEP team"},
		{"en", "We met at school and ate.", ""},
		{"en", "The AT device and OT, not the ot in hotel.", "assistive_technology=AT ot=OT"},
		{"en", "the school districts of the state", ""},
		{"en", "Resolution sessions, 504 plans", "resolution_meeting=Resolution sessions plan_504=504 plans"},
		{"es", "Pidió una evaluación independiente y el aviso previo por escrito.", "iee=evaluación independiente pwn=aviso previo por escrito"},
		{"es", "Días hábiles y días de clases", "business_day=Días hábiles school_day=días de clases"},
		{"es", "", ""},
	} {
		var got []string
		for _, f := range For(c.lang).Find(c.text) {
			got = append(got, f.Term.ID+"="+c.text[f.Start:f.End])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("prior written notice and the IEP")
	f.Add("\xffIEP\xff évaluación ǅ İEP")
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range Languages {
			end := 0
			for _, x := range For(l).Find(s) {
				if x.Start < end || x.End <= x.Start || x.End > len(s) {
					t.Fatalf("%q: %d to %d after %d", s, x.Start, x.End, end)
				}
				end = x.End
			}
		}
	})
}

// TestNamesAreOneTerms refuses a name under which two terms would be found.
func TestNamesAreOneTerms(t *testing.T) {
	for _, l := range Languages {
		seen := map[string]string{}
		for _, x := range For(l).Terms {
			for _, n := range x.Names {
				k := strings.ToLower(n)
				if o := seen[k]; o != "" && o != x.ID {
					t.Errorf("%s: %q is %s and %s", l, n, o, x.ID)
				}
				seen[k] = x.ID
			}
		}
	}
}

// TestRefuses changes one good file at a time and sees it refused with its
// place.
func TestRefuses(t *testing.T) {
	base := fstest.MapFS{}
	for _, n := range []string{"terms", "myths", "help", "cards", "doors", "capture", "noes", "say", "training"} {
		data, err := files.ReadFile(n + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		base[n+".yaml"] = &fstest.MapFile{Data: data}
	}
	for _, c := range []struct{ file, from, to, want string }{
		{"cards.yaml", "kind: evaluation_requested,", "kind: evaluation_reqested,", "evaluation_requested"},
		{"cards.yaml", "means: in_person}", "meens: in_person}", "yaml.unknown_key"},
		{"terms.yaml", "related: [iep_team, annual_goal, plan_504]", "related: [iep_teem]", "iep_team"},
		{"terms.yaml", "related: [iep_team, annual_goal, plan_504]", "related: [iep]", "yaml.unknown_word"},
		{"terms.yaml", "- id: iep_team", "- id: iep", "yaml.repeated_key"},
		{"terms.yaml", "checked: primary", "checked: sure", "yaml.unknown_word"},
		{"terms.yaml", "    checked: primary\n", "", "yaml.missing_key"},
		{"myths.yaml", "    es:\n", "    fr:\n", "yaml.missing_key"},
		{"help.yaml", "- h:", "- x:", "yaml.unknown_key"},
		{"help.yaml", "see: [dates, ", "see: [date, ", "yaml.unknown_word"},
		{"doors.yaml", "asks: [when, who, words]", "asks: [when, who, words, which]", "yaml.want_number"},
		{"doors.yaml", "asks: [when, who, words]", "asks: [whan]", "yaml.unknown_word"},
		{"capture.yaml", "icon: phone", "icon: telephone", "yaml.unknown_word"},
		{"say.yaml", "at: [meeting, call]", "at: [meating, call]", "meeting"},
		{"say.yaml", "at: [meeting, call]", "at: []", "yaml.missing_key"},
		{"say.yaml", "side: family", "side: parents", "yaml.unknown_word"},
		{"say.yaml", "log: {kind: reason_told, by: lea}", "log: {kind: reason_tolled, by: lea}", "reason_told"},
		{"say.yaml", "      citation: \"34 CFR 300.324(a)(1)\"\n      checked: primary\n", "", "yaml.missing_key"},
		{"say.yaml", "      after: \"What you asked", "      afterwards: \"What you asked", "yaml.missing_key"},
		{"say.yaml", "id: sign_today", "id: not_here", "yaml.repeated_key"},
		{"training.yaml", "minutes: 10", "minutes: 0", "yaml.want_number"},
		{"training.yaml", "minutes: 10", "minutes: 600", "yaml.want_number"},
		{"training.yaml", "minutes: 10", "minutes: ten", "yaml."},
		{"training.yaml", "term/iep_team]", "term/iep_teem]", "iep_team"},
		{"training.yaml", "say/jargon", "said/jargon", "say"},
		{"training.yaml", "page/meetings", "page/metings", "meetings"},
		{"training.yaml", "paper/parent-concerns]", "paper/]", "yaml.unknown_word"},
		{"training.yaml", "    questions:\n", "    question:\n", "yaml.missing_key"},
	} {
		fsys := fstest.MapFS{}
		for n, f := range base {
			fsys[n] = f
		}
		bad := bytes.Replace(base[c.file].Data, []byte(c.from), []byte(c.to), 1)
		if bytes.Equal(bad, base[c.file].Data) {
			t.Errorf("%s has no %q", c.file, c.from)
			continue
		}
		fsys[c.file] = &fstest.MapFile{Data: bad}
		_, err := read(fsys)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file+":") {
			t.Errorf("%s with %q: %v", c.file, c.to, err)
		}
	}
}
