package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/plain"
	"stayput/paper"
	"stayput/present/letter"
)

// A paperSendPage is a finished paper: how it goes out, and the question whether it went.
type paperSendPage struct {
	Frame
	Path, Back string
	Lead       string
	Doubts     []string // what to look at again before it is finished
	Version    int64
	Finished   bool
	Sent       string
	Forms      []Tab
	Share      string // the PDF, for the phone's own way to send
	File       string
	Plain      string   // to be copied into a message
	Whom       []string // the address it goes to
	How        string   // how it is filed, as the office's own page says
	Name       string
	Fields     []Field
	Elsewhere  []paperElsewhere
	Errs       []Field
}

// A paperElsewhere is a page on which something is written down that a paper going out does not
// say by itself.
type paperElsewhere struct{ Text, Href, Label string }

func (paperSendPage) template() string { return "paper_send" }

var (
	_ = sample(func() page {
		return paperSendPage{Path: "/p", Back: "/b", Lead: "l", Version: 3, Finished: true, Forms: []Tab{{Href: "/f", Label: "l"}}, Share: "/s", File: "f.pdf", Plain: "p", Whom: []string{"a"}, How: "h", Name: "n",
			Fields: []Field{{Name: "on", Kind: "date", Label: "l", Error: "e"}, {Name: "files", Kind: "file", Label: "l"}}, Elsewhere: []paperElsewhere{{Text: "t", Href: "/e", Label: "l"}}, Errs: []Field{{Name: "on", Error: "e"}}}
	})
	_ = sample(func() page { return paperSendPage{Path: "/p", Doubts: []string{"d"}} })
	_ = sample(func() page { return paperSendPage{Path: "/p", Finished: true, Sent: "s"} })
)

// onConsentPage are answers to a plan: which parts they concern is written on their own page,
// and a letter alone does not say it.
var onConsentPage = []string{"iep_consent_partial", "iep_consent_received", "iep_rejected", "services_consent_revoked", "services_consent_refused"}

// offeredKinds are the entries that saying "sent" can add; the last is that a letter was
// sent, from which nothing else follows. sure says that the first needs no choice: it is all
// that such a paper does. Of several, only the sender knows which one holds, and a wrong one
// would start or end what the law counts.
func offeredKinds(c *desk.Case, now *paperDraft) (out []fact.Kind, sure bool) {
	for _, k := range now.Paper.Sent {
		if !slices.Contains(onConsentPage, k.String()) && k != letterSent && answers(now.Facts.About, k) {
			out = append(out, k)
		}
	}
	sure = len(now.Paper.Sent) <= 1
	return append(out, letterSent), sure
}

// answers reports that an entry of the kind can answer what the paper is about: consent that
// was asked for a reevaluation is not given to a first evaluation.
func answers(about *fact.Entry, k fact.Kind) bool {
	asked, isAsked := "", false
	if about != nil {
		asked, isAsked = strings.CutSuffix(about.Kind.String(), "_consent_requested")
	}
	given, _, isGiven := strings.Cut(k.String(), "_consent_")
	return !isAsked || !isGiven || asked == given
}

// elsewheres are the pages on which stands what a paper going out does not say by itself:
// to which parts of a plan somebody agreed, and that both sides have signed.
func (f speaker) elsewheres(c *desk.Case, d *paper.Paper) (out []paperElsewhere) {
	at := casePath(c.Folder)
	put := func(text, href, label string) {
		if x := (paperElsewhere{Text: f.T(text), Href: href, Label: f.T(label)}); !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for _, k := range d.Sent {
		if slices.Contains(onConsentPage, k.String()) {
			put("webpaper.elsewhere", at+"/consent", "webconsent.tab")
		}
	}
	for _, k := range d.Held {
		switch word := k.String(); {
		case slices.Contains(agreementKinds, word) && word != "iep_amendment_agreed":
			put("webpaper.elsewhere_signed", at+"/agreements", "webagree.title")
		case word == "iep_amendment_agreed":
			put("webpaper.elsewhere_signed", at+"/consent", "webconsent.tab")
		case k.Info().Joint && k.Info().Family == "meeting":
			put("webpaper.elsewhere_signed", at+"/meetings", "webmeeting.title")
		case k.Info().Joint:
			put("webpaper.elsewhere_signed", at+"/disagree", "webroute.tab")
		case k.Info().Appointment:
			put("webpaper.elsewhere_day", at+"/disagree", "webroute.tab")
		}
	}
	return out
}

// arrives reports that an entry's day is the day on which the other side got the paper, and
// not that on which it went.
func arrives(k fact.Kind) bool { return strings.HasSuffix(k.String(), "_received") }

// leaves reports that an entry's day is the day on which the paper went.
func leaves(k fact.Kind) bool {
	return strings.HasSuffix(k.String(), "_sent") || strings.HasSuffix(k.String(), "_filed")
}

// paperDoubts are what to look at again before a paper is finished.
func (f speaker) paperDoubts(x *desk.Paper, now *paperDraft) (out []string) {
	if n := len(blanksIn(x.Text)); n > 0 {
		out = append(out, f.N("webpaper.doubt_blanks", n))
	}
	for _, y := range letter.Check(now.Paper, x.Held, x.Told, x.Text) {
		if y.Required && (y.State == letter.Missing || y.State == letter.Weak) {
			out = append(out, f.T("webpaper.doubt_missing", "what", y.Item.Is[f.Lang]))
		}
	}
	for _, y := range changed(x, now) {
		if y.Now == "" {
			out = append(out, f.T("webpaper.stale_gone", "was", y.Was))
		} else {
			out = append(out, f.T("webpaper.stale_now", "was", y.Was, "now", y.Now))
		}
	}
	for _, y := range letter.Unknown(now.Words, now.Paper, now.Facts, usedWas(x.Made), x.Text) {
		out = append(out, f.T("webpaper.doubt_unknown", "what", y))
	}
	return out
}

// sendPage draws how a paper goes out.
func (s *Site) sendPage(r *http.Request, x *desk.Paper, c *desk.Case, now *paperDraft) paperSendPage {
	at := papersPath(c.Folder, "/"+x.ID)
	p := paperSendPage{Frame: s.caseFrame(r, c, "webpaper.send_title", "papers"), Path: at, Back: at, Version: x.Version, Finished: !x.Done.IsZero() || x.Sent != nil}
	p.Lead = p.speak().paperCalled(c, x)
	if x.Sent != nil {
		p.Sent = p.T("webpaper.row_sent", "date", p.cat.Date(x.Sent.On), "how", p.T("webcase.means_"+x.Sent.How))
	}
	if p.May("export_case") {
		p.Forms, p.Share, p.File = p.speak().paperForms(at), at+"/as/pdf", paperFileName(x, "pdf")
	}
	for _, to := range now.Facts.Whom { // nobody, when the one that was chosen is a contact no more
		l := p.speak().contactLine(*to)
		p.Whom = append(append(p.Whom, l.Name), l.Lines...)
	}
	if p.How = now.Facts.Fields["office.how"].Said; p.How != "" {
		p.Whom = append(p.Whom, now.Facts.Fields["office.name"].Said)
	}
	p.Plain = plain.String(letter.Document(now.Paper, now.Words, x.Text))
	p.Whom = slices.DeleteFunc(p.Whom, func(s string) bool { return s == "" })
	return p
}

// sentFields asks when, how and to whom a paper went.
func (p *paperSendPage) sentFields(c *desk.Case, x *desk.Paper, now *paperDraft, f *Form, bad wrong) {
	kinds, sure := offeredKinds(c, now)
	p.Elsewhere = p.speak().elsewheres(c, now.Paper)
	was := func(name, usual string) string {
		if f == nil {
			return usual
		}
		v, _ := f.Words(name, mostWords)
		return v
	}
	add := func(y Field) {
		if key := bad[y.Name]; key != "" {
			y.Error = p.T(key)
		}
		p.Fields = append(p.Fields, y)
	}
	add(Field{Name: "on", Label: p.T("webpaper.sent_on"), Kind: "date", Required: true, Value: was("on", c.Today.String())})
	how := Field{Name: "how", Label: p.T("webpaper.sent_how"), Kind: "select", Required: true}
	for _, m := range fact.Means {
		if m != "phone" && m != "video" {
			how.Options = append(how.Options, Option{Value: m, Label: first(p.T("webcase.means_" + m)), On: m == was("how", "email")})
		}
	}
	add(how)
	if len(kinds) > 1 {
		kind := Field{Name: "kind", Label: p.T("webpaper.sent_kind"), Hint: p.T("webpaper.sent_kind_hint"), Kind: "radio", Required: true}
		usual := ""
		if sure {
			usual = kinds[0].String()
		}
		for _, k := range kinds {
			kind.Options = append(kind.Options, Option{Value: k.String(), Label: first(p.cat.Kind(k.String())), On: was("kind", usual) == k.String()})
		}
		add(kind)
	}
	add(Field{Name: "came", Label: p.T("webpaper.sent_came"), Hint: p.T("webpaper.sent_came_hint"), Kind: "date", Value: was("came", "")})
	usual := ""
	if len(now.Facts.Lost) == 0 {
		usual = p.speak().paperRole(c, paperTo(now, x))
	}
	if names := now.Facts.Fields["to.name"].Said; names != "" {
		usual = p.cat.List(strings.Split(names, "\n"))
	}
	add(Field{Name: "whom", Label: p.T("webpaper.sent_to"), Kind: "text", Max: 200, Value: was("whom", usual), Autocomplete: "off"})
	add(Field{Name: "proof", Label: p.T("webpaper.sent_proof"), Hint: p.T("webpaper.sent_proof_hint"), Kind: "textarea", Rows: 2, Max: 2000, Value: was("proof", "")})
	add(Field{Name: "files", Label: p.T("webpaper.sent_files"), Kind: "file"})
	p.Errs = p.Fields
}

// paperSend shows how a paper goes out.
func (s *Site) paperSend(w http.ResponseWriter, r *http.Request) error {
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	p := s.sendPage(r, &x, c, now)
	p.Name = desk.NewName()
	switch {
	case x.Sent != nil:
	case !p.Finished:
		p.Doubts = p.speak().paperDoubts(&x, now)
	default:
		p.sentFields(c, &x, now, nil, nil)
	}
	return s.show(w, r, http.StatusOK, p)
}

// paperFinish makes the files of a paper. What is open or has changed in the record since
// is said first.
func (s *Site) paperFinish(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	return s.paperFinished(w, r, f.Ticked("sure"))
}

func (s *Site) paperFinished(w http.ResponseWriter, r *http.Request, sure bool) error {
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	at := papersPath(c.Folder, "/"+x.ID+"/as/send")
	if x.Sent != nil || !x.Done.IsZero() || !sure && len(s.wordsOf(r).speak().paperDoubts(&x, now)) > 0 {
		return s.seeOther(w, r, at)
	}
	files, err := s.paperMade(r, c, &x, now)
	if err != nil {
		return err
	}
	if err := s.desk.FinishPaper(r.Context(), who(r), c.ID, x.ID, x.Version, files); err != nil {
		return err
	}
	s.done(r, "webpaper.finished")
	return s.seeOther(w, r, at)
}

// paperSent writes down that a paper went out: the entry that starts the clocks, with the
// very bytes.
func (s *Site) paperSent(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if f != nil {
		defer f.Close()
	}
	if err != nil {
		return err
	}
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	at := papersPath(c.Folder, "/"+x.ID)
	if x.Sent != nil && x.Sent.Entry == f.Text("name", 20) { // the form was sent twice
		return s.seeOther(w, r, at)
	}
	bad := wrong{}
	on := pastDayOf(f.Text("on", 20), c.Today, bad)
	how := f.Text("how", 20)
	if !slices.Contains(fact.Means, how) {
		bad["how"] = "webpaper.bad_choice"
	}
	kinds, sure := offeredKinds(c, now)
	kind := kinds[0]
	v := f.Text("kind", 60)
	switch i := slices.IndexFunc(kinds, func(k fact.Kind) bool { return k.String() == v }); {
	case i >= 0:
		kind = kinds[i]
	case v != "" || !sure && len(kinds) > 1:
		bad["kind"] = "webpaper.bad_choice"
	}
	var came day.Date
	if v := f.Text("came", 20); v != "" {
		if came, err = day.Parse(v); err != nil || came > c.Today {
			bad["came"] = "webcase.bad_day"
		} else if on > 0 && came < on {
			bad["came"] = "webpaper.bad_came"
		}
	} else if arrives(kind) && bad["kind"] == "" {
		bad["came"] = "webpaper.need_came"
	}
	proof, fits := f.Words("proof", 2000)
	if !fits {
		bad["proof"] = "webcase.bad_long"
	}
	again := func(status int) error {
		p := s.sendPage(r, &x, c, now)
		p.Name = f.Text("name", 20)
		p.sentFields(c, &x, now, f, bad)
		return s.show(w, r, status, p)
	}
	if len(bad) > 0 {
		return again(http.StatusUnprocessableEntity)
	}
	proofs, err := s.keepFiles(r, c, f)
	if err != nil {
		return err
	}
	went := desk.PaperSent{On: on, How: how, Came: came, To: f.Text("whom", 200), Proof: proof}
	in := desk.NewEntry{Name: f.Text("name", 20), Fact: sentEntry(c, &x, now, kind, went)}
	if came > on { // both days stand in the record, whichever of them counts
		say := s.wordsOf(r)
		in.Fact.Note = strings.TrimSpace(proof + "\n" + say.T("webpaper.sent_note", "on", say.cat.Date(on), "came", say.cat.Date(came)))
	}
	for _, file := range x.Files {
		if strings.HasSuffix(file.Name, ".pdf") {
			in.Files = append(in.Files, file)
		}
	}
	for _, file := range proofs { // no two files of an entry bear one name
		for j := 2; slices.ContainsFunc(in.Files, func(y desk.FileRef) bool { return y.Name == file.Name }); j++ {
			file.Name = strconv.Itoa(j) + "-" + file.Name
		}
		in.Files = append(in.Files, file)
	}
	version, _ := strconv.ParseInt(f.Text("version", 20), 10, 64)
	entry, err := s.desk.SentPaper(r.Context(), who(r), c.ID, x.ID, version, in, went)
	if fault.KindOf(err) == fault.Invalid && x.Done.IsZero() && err != nil {
		return s.seeOther(w, r, at+"/as/send")
	}
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webpaper.sent_saved", Href: casePath(c.Folder) + "/record/" + entry, Link: "webpaper.sent_look"})
	return s.seeOther(w, r, at)
}

// sentEntry is the entry of a paper that went out. Its day is the day it went, and of what
// counts from its arrival the day it came, where that is known.
func sentEntry(c *desk.Case, x *desk.Paper, now *paperDraft, kind fact.Kind, s desk.PaperSent) fact.Entry {
	e := fact.Entry{Kind: kind, On: day.On(s.On), By: keeperOf(c), Note: s.Proof}
	if s.Came > 0 && !leaves(kind) {
		e.On = day.On(s.Came)
	}
	e.Fields.Means, e.Fields.Written = s.How, fact.Yes
	e.Fields.Summary = now.Paper.Title[x.Lang]
	if s.To != "" {
		e.Fields.With = []string{s.To}
	}
	switch kind.String() {
	case "due_process_filed":
		e.Fields.FiledBy = keeperOf(c)
	case "expedited_complaint_filed":
		e.Fields.FiledBy, e.Fields.Expedited = keeperOf(c), fact.Yes
	}
	if a := now.Facts.About; a != nil {
		e.Re, e.Fields.Plan = a.ID, a.Fields.Plan
	}
	return e
}
