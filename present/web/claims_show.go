package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stayput/derive/claims"
	"stayput/derive/clock"
	"stayput/derive/lookback"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/document"
	"stayput/format/docx"
	"stayput/law"
)

// A claimsPage is the table of claims: what was not as the law or the plan asks, with
// the last days by each route, the proof, and what is missing.
type claimsPage struct {
	Frame
	AsOf   string
	Lead   string
	Action string
	Filter Field
	Shown  string
	Rows   []claimLine
	Except []claimExcept
	Heads  []string
	CSV    string
	Docx   string
	Broken []string
	Walled bool // the files leave out what stands behind a wall
	Any    bool // there are claims, shown or not
}

func (claimsPage) template() string { return "claims_show" }

var (
	_ = sample(func() page {
		row := claimLine{No: 1, Concern: "c", Sort: "s", Title: "t", Says: []string{"a", "b"}, Rule: "r", Cite: Cite{Text: "c", Source: "/x", Checked: "k"}, Happened: "h", Known: "k", ISO: "2026-01-01",
			Rights: []claimRight{{Name: "n", Text: "t", Tag: Tag{"done", "x"}, Except: []string{"e"}, Below: "b", Cite: Cite{Text: "c"}}}, Proof: []claimProof{{"p", "/p"}}, Sessions: "s", Papers: "p", Missing: []string{"m"}, Remedies: "r"}
		return claimsPage{AsOf: "a", Lead: "l", Action: "/a", Filter: Field{Name: "concern", Kind: "select", Label: "l", Options: []Option{{Value: "v", Label: "l", On: true}}}, Shown: "s", Rows: []claimLine{row, {No: 2, Title: "x"}}, Heads: []string{"1", "2", "3", "4", "5", "6"}, Except: []claimExcept{{"n", []string{"e"}}}, CSV: "/c", Docx: "/d", Walled: true, Any: true}
	})
	_ = sample(func() page { return claimsPage{Lead: "l", Broken: []string{"b"}} })
	_ = sample(func() page {
		return claimsPage{Lead: "l", Any: true, Shown: "s", Filter: Field{Name: "concern", Kind: "select", Label: "l"}}
	})
)

// claimsIn gathers the claims of a case. broken says why services could not be counted.
func (s *Site) claimsIn(c *desk.Case) (all []claims.Claim, broken error, err error) {
	b, err := c.WithSteps()
	if err != nil {
		if fault.KindOf(err) != fault.Invalid {
			return nil, nil, err
		}
		b, broken = c.Brief, err
	}
	in := claims.Input{View: b.View, Clocks: b.Clocks, Limits: b.Limits, AsOf: b.AsOf}
	for _, l := range b.Laws {
		in.Laws = append(in.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	for i := range b.Reviews {
		in.Reviews = append(in.Reviews, claims.Review{Plan: b.Reviews[i].Plan, Findings: b.Reviews[i].Findings})
	}
	x, err := c.Carried()
	switch {
	case err == nil:
		logs := c.Logged()
		look := lookback.Input{Ledger: x.Ledger(logs.Sessions), Promises: x.Promises, Logs: logs.Sessions, Laws: in.Laws, View: b.View}
		in.Look = lookback.Make(look)
	case fault.KindOf(err) == fault.Invalid:
		broken = err
	default:
		return nil, nil, err
	}
	return claims.Derive(in), broken, nil
}

// picked are the claims about a concern; "" is all.
func picked(all []claims.Claim, concern string) []claims.Claim {
	if concern == "" {
		return all
	}
	var out []claims.Claim
	for i := range all {
		if string(all[i].Concern) == concern {
			out = append(out, all[i])
		}
	}
	return out
}

// concernAsked is the concern that an address names, "" when it names none.
func concernAsked(r *http.Request) string {
	if c := r.URL.Query().Get("concern"); slices.Contains(law.Concerns, law.Concern(c)) {
		return c
	}
	return ""
}

// claimsShow shows the table of claims.
func (s *Site) claimsShow(w http.ResponseWriter, r *http.Request) error {
	v := viewOf(r)
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return err
	}
	p := claimsPage{Frame: s.caseFrame(r, c, "webclaims.title", "disagree"), Action: casePath(c.Folder) + "/claims"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Lead = p.T("webclaims.lead")
	if c.File.Case.Side == fact.SchoolSide {
		p.Lead = p.T("webclaims.lead_school")
	}
	all, broken, err := s.claimsIn(c)
	if err != nil {
		return err
	}
	if broken != nil {
		p.Broken = append([]string{p.T("desk.plans_unreadable")}, p.speak().says(broken)...)
	}
	p.Any = len(all) > 0
	asked := concernAsked(r)
	some := picked(all, asked)
	p.Filter = Field{Name: "concern", Label: p.T("webclaims.filter"), Kind: "select", Options: []Option{{Value: "", Label: p.T("webclaims.filter_all"), On: asked == ""}}}
	for _, k := range concernsOf(all) {
		p.Filter.Options = append(p.Filter.Options, Option{Value: string(k), Label: p.speak().concern(k), On: string(k) == asked})
	}
	p.Shown = p.N("webclaims.shown", len(some), "all", itoa(len(all)))
	p.Rows = p.speak().claimLines(c, some)
	p.Except = claimExcepts(p.Rows)
	for _, h := range []string{"what", "stands", "days", "rights", "proof", "remedy"} {
		p.Heads = append(p.Heads, p.T("webclaims.head_"+h))
	}
	q := url.Values{}
	if asked != "" {
		q.Set("concern", asked)
	}
	if v.AsOf != 0 {
		q.Set("as_of", v.AsOf.String())
	}
	if v.Known != 0 {
		q.Set("known_by", v.Known.String())
	}
	tail := ""
	if len(q) > 0 {
		tail = "?" + q.Encode()
	}
	p.CSV, p.Docx = p.Action+".csv"+tail, p.Action+".docx"+tail
	p.Walled = slices.ContainsFunc(c.File.Entries, func(e fact.Entry) bool { return e.Wall != fact.Open })
	return s.show(w, r, http.StatusOK, p)
}

// claimsPlain are the claims for a file that leaves the program: what stands behind a
// wall plays no part in it.
func (s *Site) claimsPlain(r *http.Request) (*desk.Case, Frame, []claims.Claim, error) {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return nil, Frame{}, nil, err
	}
	all, broken, err := s.claimsIn(c)
	if err == nil {
		err = broken // a table that leaves services out would look whole
	}
	return c, s.wordsOf(r), picked(all, concernAsked(r)), err
}

// claimsTable gives the claims for a spreadsheet.
func (s *Site) claimsTable(w http.ResponseWriter, r *http.Request) error {
	c, f, cs, err := s.claimsPlain(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	head := func(name string) string { return f.T("webclaims.csv_" + name) }
	rights := claimRights(cs)
	row := []string{head("no"), head("sort"), head("concern"), head("what"), head("says"), head("rule"), head("citation"), head("checked"), head("happened"), head("happened_last"), head("known"), head("known_last")}
	for _, k := range rights {
		name := f.T("right." + k)
		row = append(row, f.T("webclaims.csv_earliest", "right", name), f.T("webclaims.csv_latest", "right", name), f.T("webclaims.csv_state", "right", name))
	}
	row = append(row, head("exceptions"), head("proof"), head("papers"), head("missing"), head("remedy"))
	out.Write(harmlessAll(row...))
	for _, l := range f.speak().toOthers().claimLines(c, cs) {
		x := l.of
		known := x.Known
		if known.Last == 0 {
			known = x.Happened
		}
		row := []string{itoa(l.No), l.Sort, l.Concern, l.Title, strings.Join(l.Says, " "), l.Rule, l.Cite.Text, l.Cite.Checked, iso(x.Happened.First), iso(x.Happened.Last), iso(known.First), iso(known.Last)}
		for _, k := range rights {
			earliest, latest, status := claimDays(x, k)
			if status != "" {
				status = f.T("webclaims.state_" + status)
			}
			row = append(row, iso(earliest), iso(latest), status)
		}
		var except, proof []string
		for _, y := range l.Rights {
			for _, e := range y.Except {
				if !slices.Contains(except, e) {
					except = append(except, e)
				}
			}
		}
		for _, y := range l.Proof {
			proof = append(proof, y.Text)
		}
		if l.Sessions != "" {
			proof = append(proof, l.Sessions)
		}
		row = append(row, strings.Join(except, " "), strings.Join(proof, "; "), itoa(x.Files), strings.Join(l.Missing, " "), l.Remedies)
		out.Write(harmlessAll(row...))
	}
	out.Flush()
	giveTable(w, "claims-"+c.Brief.AsOf.String(), b.Bytes())
	return nil
}

// claimsDocument gives the claims as a document for a word processor.
func (s *Site) claimsDocument(w http.ResponseWriter, r *http.Request) error {
	c, f, cs, err := s.claimsPlain(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := docx.Write(&b, f.speak().toOthers().claimsDocument(c, cs, concernAsked(r))); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	h.Set("Content-Disposition", `attachment; filename="stayput-claims-`+c.Brief.AsOf.String()+`.docx"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}

// claimsDocument is the table of claims as a document.
func (f speaker) claimsDocument(c *desk.Case, cs []claims.Claim, concern string) *document.Document {
	d := &document.Document{Title: f.T("webclaims.title_of", "child", f.child(c)), Language: f.Lang + "-US", Landscape: true, Footer: f.T("webclaims.page"), Of: f.T("webclaims.page_of")}
	small := func(text string) document.Paragraph {
		return document.Paragraph{Small: true, Runs: []document.Run{{Text: text}}}
	}
	bold := func(name, text string) document.Paragraph {
		return document.Paragraph{Runs: []document.Run{{Text: name + ": ", Bold: true}, {Text: text}}}
	}
	d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: d.Title})
	if laws := c.Brief.Laws; len(laws) > 0 {
		d.Blocks = append(d.Blocks, bold(f.T("webback.f_place"), f.lawPlace(laws[len(laws)-1].Law.Jurisdiction)))
	}
	d.Blocks = append(d.Blocks, bold(f.T("webback.f_as_of"), f.cat.Date(c.Brief.AsOf)))
	if concern != "" {
		d.Blocks = append(d.Blocks, bold(f.T("webclaims.filter"), f.concern(law.Concern(concern))))
	}
	d.Blocks = append(d.Blocks, document.Text(f.T("webclaims.doc_lead")))
	if len(cs) == 0 {
		d.Blocks = append(d.Blocks, document.Text(f.T("webclaims.none")))
		return d
	}
	t := document.Table{Caption: f.N("webclaims.caption", len(cs)), Widths: []int{2, 11, 5, 10, 9, 6}, Head: []string{f.T("webclaims.csv_no")}}
	for _, h := range []string{"what", "days", "rights", "proof", "remedy"} {
		t.Head = append(t.Head, f.T("webclaims.head_"+h))
	}
	lines := f.claimLines(c, cs)
	for _, l := range lines {
		what := document.Cell{{Runs: []document.Run{{Text: l.Title, Bold: true}}}, document.Text(l.Sort + ". " + l.Concern)}
		for _, x := range l.Says {
			what = append(what, document.Text(x))
		}
		if l.Rule != "" {
			what = append(what, document.Text(l.Rule))
		}
		if l.Cite.Text != "" {
			what = append(what, small(l.Cite.Text+" ("+l.Cite.Checked+")"))
		}
		days := document.Lines(l.Happened)
		if l.Known != "" {
			days = append(days, document.Text(f.T("webclaims.known", "date", l.Known)))
		}
		var rights, proof document.Cell
		for _, x := range l.Rights {
			rights = append(rights, document.Paragraph{Runs: []document.Run{{Text: x.Name + ": ", Bold: true}, {Text: strings.TrimSpace(x.Tag.Text + ". " + x.Text)}}})
			if x.Below != "" {
				rights = append(rights, small(x.Below))
			}
			if x.Cite.Text != "" {
				rights = append(rights, small(x.Cite.Text))
			}
		}
		for _, x := range l.Proof {
			proof = append(proof, document.Text(x.Text))
		}
		for _, x := range []string{l.Sessions, l.Papers} {
			if x != "" {
				proof = append(proof, document.Text(x))
			}
		}
		for i, x := range l.Missing {
			name := ""
			if i == 0 {
				name = f.T("webclaims.missing") + ": "
			}
			proof = append(proof, document.Paragraph{Runs: []document.Run{{Text: name, Bold: true}, {Text: x}}})
		}
		t.Rows = append(t.Rows, []document.Cell{document.Lines(itoa(l.No)), what, days, rights, proof, document.Lines(l.Remedies)})
	}
	d.Blocks = append(d.Blocks, t)
	if except := claimExcepts(lines); len(except) > 0 {
		d.Blocks = append(d.Blocks, document.Heading{Level: 2, Text: f.T("webclaims.excepts")})
		for _, x := range except {
			list := document.List{}
			for _, text := range x.Texts {
				list.Items = append(list.Items, document.Text(text))
			}
			d.Blocks = append(d.Blocks, document.Paragraph{With: true, Runs: []document.Run{{Text: x.Name, Bold: true}}}, list)
		}
	}
	d.Blocks = append(d.Blocks, small(f.T("webclaims.not_advice")))
	return d
}
