package casefile

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

var formats = map[string]Format{"YAML": YAML, "JSON": JSON}

// Every example comes back equal, as YAML and as JSON, and what is written
// again is the same to the letter.
func TestExamplesRoundTrip(t *testing.T) {
	for name, data := range examples(t) {
		f, err := Read(name, data)
		if err != nil {
			t.Fatal(err)
		}
		for what, format := range formats {
			var first, second bytes.Buffer
			if err := f.Write(&first, format); err != nil {
				t.Errorf("%s as %s: %v", name, what, err)
				continue
			}
			g, err := Read(name, first.Bytes())
			if err != nil || !f.Equal(g) {
				t.Errorf("%s as %s: differs, %v\n%s", name, what, err, first.String())
				continue
			}
			if err := g.Write(&second, format); err != nil || second.String() != first.String() {
				t.Errorf("%s as %s: written again it differs, %v", name, what, err)
			}
		}
	}
}

// What is written is what a person would write.
func TestWriteIsReadable(t *testing.T) {
	f, err := Read("moved.yaml", examples(t)["testdata/moved.yaml"])
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, YAML); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"stayput: 1\ncase:\n  title: ",
		"  child: {name: Zoë Ñandú, born: 2012-02-29, grade: K, track: A}\n",
		"    - {from: 2022-08-10, is: us-nv}\n",
		"  facts: {foster_youth: yes, parent_reads_english: no, year_round: yes}\n",
		"  sample: yes\n",
		"  - {on: 2024-09, kind: concern_raised}\n",
		"  - {id: asked, on: {from: 2025-02-01, to: 2025-02-10}, kind: evaluation_requested, written: no}\n",
		"  - {id: chased, on: {after: asked, weeks: 3}, kind: contact, means: email, outcome: no_answer}\n",
		"    note: |\n      line one\n\n        indented\n      last\n",
		"    by: \"no\"\n",
		"    about: [\"2025-01-01\", \"yes\", \"\"]\n",
		"    on: 2025-03-04T14:30\n",
	} {
		if !strings.Contains(strings.ReplaceAll(b.String(), "  - on:", "    on:"), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
}

// A file that a program made and that cannot be said is refused, not cut short.
func TestWriteRefuses(t *testing.T) {
	for what, f := range map[string]*File{
		"no date":       {Entries: []fact.Entry{{Kind: fact.MustLookup("contact")}}},
		"no kind":       {Entries: []fact.Entry{{On: day.On(d("2025-01-01"))}}},
		"far away":      {Entries: []fact.Entry{{ID: "a", Kind: fact.MustLookup("contact"), On: day.On(d("1066-10-14"))}}},
		"refers away":   {Entries: []fact.Entry{{ID: "a", Kind: fact.MustLookup("contact"), On: day.On(d("2025-01-01")), Re: "b"}}},
		"not UTF-8":     {Case: fact.Case{Title: "\xff"}},
		"unknown fact":  {Case: fact.Case{Facts: map[string]fact.Tri{"happy": fact.Yes}}},
		"unknown state": {Case: fact.Case{Jurisdiction: []fact.Dated{{Is: "us-zz"}}}},
	} {
		var b bytes.Buffer
		err := f.Write(&b, YAML)
		if l := fault.All(err); len(l) != 1 || l[0].Key != "case.cannot_write" || b.Len() > 0 {
			t.Errorf("%s: got %v and %d bytes", what, err, b.Len())
		}
	}
}

// Entries that a program took out of a longer record keep their names.
func TestWriteKeepsNames(t *testing.T) {
	kind := fact.MustLookup("contact")
	on := day.On(d("2025-01-01"))
	f := &File{Entries: []fact.Entry{
		{ID: "e3", Auto: true, Kind: kind, On: on},
		{ID: "e7", Auto: true, Kind: kind, On: on, Re: "e3"},
		{ID: "e2", Auto: true, Kind: kind, On: on},
		{ID: "e4", Auto: true, Kind: kind, On: on},
	}}
	var b bytes.Buffer
	if err := f.Write(&b, YAML); err != nil {
		t.Fatal(err)
	}
	g := mustRead(t, b.String())
	if !f.Equal(g) || strings.Contains(b.String(), "id: e4") {
		t.Errorf("came back as %+v\n%s", g.Entries, b.String())
	}
}

var oddTexts = []string{
	"a", "yes", "no", "null", "~", "2025-02-03", "2025-02-30", "12:30", "007", "1e3", "- a", "a: b", "a #b", "a\nb", "a\nb\n", "a\n\n\nb\n\n", " a", "a ", "\ta", "a\r\nb", "---", "...", "&a", "*a", "!a", "[a]", "{a}", "a, b",
	"مريم", "山田 花子", "नाम", "Zoë", "a?", "e\u0301", "👩\u200d👧", "\u2028", "\uFEFF", "\u00a0", "\u0001", "\"", "'", "\\", "\u202eabc", strings.Repeat("long ", 60), strings.Repeat("line\n", 20),
}

func oddText(t *rapid.T, label string) string {
	return rapid.OneOf(rapid.SampledFrom(oddTexts), rapid.StringN(0, 20, -1)).Filter(utf8.ValidString).Draw(t, label)
}

func oddTextOrNone(t *rapid.T, label string) string {
	if rapid.Bool().Draw(t, label+" said") {
		return oddText(t, label)
	}
	return ""
}

func oddTexts3(t *rapid.T, label string) []string {
	n := rapid.IntRange(0, 3).Draw(t, label+" count")
	var out []string
	for i := range n {
		out = append(out, oddText(t, fmt.Sprint(label, i)))
	}
	return out
}

func aDay(t *rapid.T, label string) day.Date {
	return day.Date(rapid.IntRange(int(entries.First), int(entries.Last)).Draw(t, label))
}

func aWhen(t *rapid.T, label string) day.When {
	at := aDay(t, label)
	y, m, _ := at.Civil()
	var w day.When
	switch rapid.IntRange(0, 4).Draw(t, label+" shape") {
	case 0:
		w = day.On(at)
	case 1:
		w = day.When{Earliest: at, Latest: at, Minute: int16(rapid.IntRange(0, 24*60-1).Draw(t, label+" minute"))}
	case 2:
		w, _ = day.ParseWhen(fmt.Sprintf("%04d-%02d", y, m))
	case 3:
		w, _ = day.ParseWhen(fmt.Sprintf("%04d", y))
	case 4:
		w = day.When{Earliest: at, Latest: min(at.Add(rapid.IntRange(0, 500).Draw(t, label+" length")), entries.Last), Minute: -1}
	}
	return w
}

func aTri(t *rapid.T, label string) fact.Tri {
	return fact.Tri(rapid.IntRange(0, 2).Draw(t, label))
}

func aWord(t *rapid.T, label string, words []string) string {
	return rapid.SampledFrom(append([]string{""}, words...)).Draw(t, label)
}

func dateds(t *rapid.T, label string, value func() string) []fact.Dated {
	var out []fact.Dated
	from := day.Date(0)
	for i := range rapid.IntRange(0, 3).Draw(t, label+" count") {
		if i > 0 || rapid.Bool().Draw(t, label+" from") {
			from = max(from, entries.First).Add(rapid.IntRange(1, 3000).Draw(t, label+" days"))
		}
		v := value()
		if v == "" {
			v = "x"
		}
		out = append(out, fact.Dated{From: from, Is: v})
	}
	return out
}

func rawNode(t *rapid.T, depth int) *yaml.Node {
	switch k := rapid.IntRange(0, 4).Draw(t, "raw"); {
	case k == 0:
		return &yaml.Node{Kind: yaml.Null}
	case k == 3 && depth > 0:
		n := &yaml.Node{Kind: yaml.List}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			n.Items = append(n.Items, rawNode(t, depth-1))
		}
		return n
	case k == 4 && depth > 0:
		n := &yaml.Node{Kind: yaml.Map}
		for i := range rapid.IntRange(0, 3).Draw(t, "keys") {
			n.Fields = append(n.Fields, yaml.Field{Key: fmt.Sprint(i) + oddText(t, "key"), Value: rawNode(t, depth-1)})
		}
		return n
	default:
		return &yaml.Node{Kind: yaml.Scalar, Value: oddText(t, "value"), Quoted: rapid.Bool().Draw(t, "quoted")}
	}
}

// aFile is any file that there can be.
func aFile(t *rapid.T) *File {
	f := &File{}
	c := &f.Case
	c.Title = oddText(t, "title")
	c.Child = fact.Child{Name: oddTextOrNone(t, "name"), Born: aDay(t, "born"), Grade: oddTextOrNone(t, "grade"), Track: oddTextOrNone(t, "track")}
	c.HomeLanguage = oddTextOrNone(t, "language")
	c.RightsHolder = dateds(t, "holder", func() string { return oddText(t, "holder") })
	c.Zone = aWord(t, "zone", []string{"America/Los_Angeles", "America/New_York", "UTC"})
	c.Jurisdiction = dateds(t, "jurisdiction", func() string { return rapid.SampledFrom([]string{"us", "us-ca", "us-dc"}).Draw(t, "jurisdiction") })
	c.District = dateds(t, "district", func() string { return oddText(t, "district") })
	c.Side = fact.Side(aWord(t, "side", []string{"family", "school"}))
	c.Sample = rapid.Bool().Draw(t, "sample")
	for range rapid.IntRange(0, 3).Draw(t, "contacts") {
		short := func(label string) string {
			s := []rune(oddTextOrNone(t, label))
			return string(s[:min(len(s), MostContactText)])
		}
		c.Contacts = append(c.Contacts, fact.Contact{Role: rapid.SampledFrom(fact.ContactRoles).Draw(t, "role"), Name: short("contact"), Relation: short("relation"),
			Title: short("office"), Agency: short("agency"), Address: oddTextOrNone(t, "address"), Phone: short("phone"), Email: short("email")})
	}
	for _, k := range factKeys {
		if v := aTri(t, k); v != fact.Unsaid {
			if c.Facts == nil {
				c.Facts = make(map[string]fact.Tri)
			}
			c.Facts[k] = v
		}
	}
	from := day.Date(0)
	for i := range rapid.IntRange(0, 3).Draw(t, "calendars") {
		if rapid.Bool().Draw(t, "later") {
			from = max(from, entries.First).Add(rapid.IntRange(0, 2000).Draw(t, "after"))
		}
		ref := CalendarRef{From: from, Name: "c" + oddText(t, "calendar")}
		if rapid.Bool().Draw(t, "inline") {
			ref.Inline = &yaml.Node{Kind: yaml.Map, Fields: []yaml.Field{{Key: "first_day", Value: rawNode(t, 1)}}}
			ref.Name = fmt.Sprintf("calendar-%d", i+1)
		}
		f.Calendars = append(f.Calendars, ref)
	}
	kinds := fact.Kinds()
	for i := range rapid.IntRange(0, 6).Draw(t, "entries") {
		e := fact.Entry{
			ID: fmt.Sprintf("e%d", i+1), Auto: true, Kind: kinds[rapid.IntRange(0, len(kinds)-1).Draw(t, "kind")].Kind, On: aWhen(t, "on"),
			By: oddTextOrNone(t, "by"), Note: oddTextOrNone(t, "note"), Wall: fact.Wall(aWord(t, "wall", walls)), Files: oddTexts3(t, "files"),
		}
		if rapid.Bool().Draw(t, "named") {
			e.ID, e.Auto = fmt.Sprintf("%d%s", i, strings.TrimSpace(strings.Map(func(r rune) rune {
				if r < ' ' || r >= 0x7f && r < 0xa0 {
					return '_'
				}
				return r
			}, oddText(t, "id")))), false
			e.ID = e.ID[:min(len(e.ID), 1)] + strings.TrimSpace(strings.ToValidUTF8(e.ID[min(len(e.ID), 1):min(len(e.ID), 60)], ""))
		}
		if i > 0 {
			other := func(label string) string {
				if rapid.Bool().Draw(t, label) {
					return f.Entries[rapid.IntRange(0, i-1).Draw(t, label+" which")].ID
				}
				return ""
			}
			e.Re, e.Supersedes = other("re"), other("supersedes")
			if j := rapid.IntRange(-1, i-1).Draw(t, "after"); j >= 0 {
				days := rapid.IntRange(0, 400).Draw(t, "days")
				if w := f.Entries[j].On; w.Latest.Add(days) <= entries.Last {
					e.After = fact.Relative{Entry: f.Entries[j].ID, Days: days}
					e.On = day.When{Earliest: w.Earliest.Add(days), Latest: w.Latest.Add(days), Minute: -1}
				}
			}
		}
		if w := aWhen(t, "ends"); rapid.Bool().Draw(t, "ends said") && w.Earliest > e.On.Latest {
			e.Ends = w
		}
		if rapid.Bool().Draw(t, "recorded said") {
			e.Recorded = day.Moment{Date: aDay(t, "recorded"), Minute: -1}
			if rapid.Bool().Draw(t, "recorded at") {
				e.Recorded.Minute = int16(rapid.IntRange(0, 24*60-1).Draw(t, "minute"))
				e.Recorded.Second = int8(rapid.IntRange(0, 59).Draw(t, "second"))
			}
		}
		f1 := &e.Fields
		f1.FiledBy = aWord(t, "filed by", filers)
		for _, p := range []*fact.Tri{&f1.Expedited, &f1.Written, &f1.Received, &f1.Refused, &f1.Eligible, &f1.Initial, &f1.Granted, &f1.Result, &f1.WithAttorney, &f1.PriorNotice} {
			*p = aTri(t, "tri")
		}
		f1.TransferFrom = aWord(t, "transfer", fact.TransferFroms)
		if u := aDay(t, "until"); u >= e.On.Earliest && rapid.Bool().Draw(t, "until said") {
			f1.Until = u
		}
		f1.Days = rapid.IntRange(0, farthest).Draw(t, "number")
		f1.Rule, f1.Plan = oddTextOrNone(t, "rule"), oddTextOrNone(t, "plan")
		f1.About, f1.With = oddTexts3(t, "about"), oddTexts3(t, "with")
		f1.Means, f1.Outcome = aWord(t, "means", fact.Means), aWord(t, "outcome", fact.Outcomes)
		f1.Summary, f1.Response = oddTextOrNone(t, "summary"), oddTextOrNone(t, "response")
		f1.Offers, f1.Reasons = oddTexts3(t, "offers"), oddTexts3(t, "reasons")
		f1.Minutes = rapid.IntRange(0, mostMinutes).Draw(t, "minutes")
		f1.Amount = rapid.SampledFrom([]string{"", "0", "7", "80.50", "1250", "999999999.99"}).Draw(t, "amount")
		f1.Parts, f1.Except, f1.Conditions = oddTexts3(t, "parts"), oddTexts3(t, "except"), oddTextOrNone(t, "conditions")
		f1.Later = oddTexts3(t, "later")
		f.Entries = append(f.Entries, e)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "plans") {
		id, kind := fmt.Sprintf("p%d", i), rapid.SampledFrom(PlanKinds).Draw(t, "plan kind")
		n := &yaml.Node{Kind: yaml.Map, Fields: []yaml.Field{{Key: "id", Value: word(id)}, {Key: "kind", Value: text(kind)}, {Key: "more", Value: rawNode(t, 3)}}}
		f.Plans = append(f.Plans, Plan{ID: id, Kind: kind, Node: n})
	}
	if rapid.Bool().Draw(t, "delivery") {
		f.Delivery = &yaml.Node{Kind: yaml.Map, Fields: []yaml.Field{{Key: "log", Value: text(oddText(t, "log"))}}}
	}
	return f
}

// Whatever is said in a file is there when it is read again, in both formats.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := aFile(t)
		for what, format := range formats {
			var b bytes.Buffer
			if err := f.Write(&b, format); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			g, err := Read("case.yaml", b.Bytes())
			if err != nil {
				t.Fatalf("%s: %v\n%s", what, err, b.String())
			}
			if !f.Equal(g) {
				t.Fatalf("%s differs:\n%s\n%+v\n%+v", what, b.String(), f, g)
			}
		}
	})
}

func FuzzCase(f *testing.F) {
	for _, data := range examples(f) {
		f.Add(data)
	}
	f.Add([]byte(head + "  - {id: a, on: {after: b, days: 1}, kind: contact}\n  - {id: b, on: 2025-02, kind: contact, supersedes: a, re: a}\n"))
	f.Add([]byte(head + "  - {on: 2025-02-30, kind: contakt, re: e1, with: [a, b], note: \"\\u2028\"}\n"))
	f.Add([]byte("{\"stayput\": 1, \"case\": {\"calendars\": [{\"from\": \"2025-01-01\", \"is\": [\"a\", {\"calendar\": \"b\"}]}]}, \"plans\": [{\"id\": 1, \"kind\": 504}]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		c, err := Read("fuzz.yaml", data)
		if err != nil {
			if c != nil {
				t.Fatal("half a file was read")
			}
			l, ok := err.(fault.List)
			if !ok || len(l) == 0 || len(l) > most {
				t.Fatalf("not a list of problems: %v", err)
			}
			for _, e := range l {
				if e.At.File != "fuzz.yaml" || e.Kind != fault.Invalid || e.Key == "" {
					t.Fatalf("not a problem of the file: %v", e)
				}
			}
			return
		}
		for what, format := range formats {
			var b bytes.Buffer
			if err := c.Write(&b, format); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if g, err := Read("fuzz.yaml", b.Bytes()); err != nil || !c.Equal(g) {
				t.Fatalf("%s differs, %v:\n%s", what, err, b.String())
			}
		}
	})
}
