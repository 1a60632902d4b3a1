package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/plan/session"
)

// A logImportsPage is every log that was brought into a case.
type logImportsPage struct {
	Frame
	Path string
	Acts []logAct
}

func (logImportsPage) template() string { return "log_imports" }

// A logAct is one import.
type logAct struct {
	Href, Title, At, By string
	Lines, Stand        int
	Undone              string // when and by whom it was taken back
}

// A logReceiptPage is what one import added, and the way to take it back.
type logReceiptPage struct {
	Frame
	Path    string
	Act     logAct
	Rows    []logSum
	Span    string
	Changed int // lines that were corrected or taken back since
	Confirm *Confirm
}

func (logReceiptPage) template() string { return "log_receipt" }

// A logSum is what one import says of a service and an outcome.
type logSum struct{ Service, Outcome, Sessions, Minutes string }

var _ = sample(func() page {
	return logImportsPage{Path: "/x", Acts: []logAct{{"/x", "t", "a", "b", 2, 2, ""}, {"/x", "t", "a", "", 2, 0, "u"}}}
})

var _ = sample(func() page { return logImportsPage{Path: "/x"} })

var _ = sample(func() page {
	return logReceiptPage{Path: "/x", Act: logAct{"/x", "t", "a", "b", 3, 2, ""}, Rows: []logSum{{"s", "o", "2", "60"}}, Span: "s", Changed: 1, Confirm: &Confirm{Question: "q", Text: "t", Action: "/x", Button: "b"}}
})

var _ = sample(func() page {
	return logReceiptPage{Path: "/x", Act: logAct{"/x", "t", "a", "", 3, 0, "u"}}
})

// imported reports that an act brought a log in.
func imported(b desk.LogBatch) bool { return b.Via == "sheet" || b.Via == "text" }

// logAct puts an import into words.
func (s *Site) logAct(r *http.Request, f Frame, c *desk.Case, b desk.LogBatch) logAct {
	names := s.names(r)
	a := logAct{Href: casePath(c.Folder) + "/carry/imports/" + b.Name, Title: cmp.Or(b.From, f.T("weblog.pasted")), At: f.cat.Date(dayOf(b.At)), By: names(b.By), Lines: b.Lines, Stand: b.Stand}
	if !b.Undone.IsZero() {
		key := "weblog.undone"
		by := names(b.UndoneBy)
		if by == "" {
			key = "weblog.undone_nameless"
		}
		a.Undone = f.T(key, "date", f.cat.Date(dayOf(b.Undone)), "name", by)
	}
	return a
}

// logImports lists the imports of a case.
func (s *Site) logImports(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := logImportsPage{Frame: s.caseFrame(r, c, "weblog.imports_title", "carry"), Path: casePath(c.Folder)}
	for _, b := range c.Logged().Batches {
		if imported(b) {
			p.Acts = append(p.Acts, s.logAct(r, p.Frame, c, b))
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// logBatch is the import that a path names.
func logBatch(r *http.Request, c *desk.Case) (desk.LogBatch, error) {
	all := c.Logged().Batches
	i := slices.IndexFunc(all, func(b desk.LogBatch) bool { return b.Name == r.PathValue("act") && imported(b) })
	if i < 0 {
		return desk.LogBatch{}, notThere()
	}
	return all[i], nil
}

// logReceipt shows what an import added.
func (s *Site) logReceipt(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	b, err := logBatch(r, c)
	if err != nil {
		return err
	}
	p := logReceiptPage{Frame: s.caseFrame(r, c, "weblog.receipt_title", "carry"), Path: casePath(c.Folder)}
	p.Act = s.logAct(r, p.Frame, c, b)
	p.Title = p.Act.Title
	if b.Undone.IsZero() {
		p.Changed = b.Lines - b.Stand
	}
	p.sums(c, b)
	if b.Undone.IsZero() && b.Stand > 0 && p.May("add_entry") && (b.By == who(r).Person.ID || p.May("correct_entry")) {
		p.Confirm = &Confirm{Question: p.T("weblog.undo_question"), Text: p.T("weblog.undo_text"), Action: p.Act.Href + "/undo", Button: p.N("weblog.undo_button", b.Stand), Tone: "late", Hidden: []Hidden{{"name", desk.NewName()}}}
	}
	return s.show(w, r, http.StatusOK, p)
}

// sums gathers what stands of an import by service and outcome.
func (p *logReceiptPage) sums(c *desk.Case, b desk.LogBatch) {
	type key struct {
		service string
		outcome session.Outcome
	}
	type sum struct{ n, minutes int }
	names := map[string]string{}
	if carried, err := c.Carried(); err == nil {
		for _, n := range (&logSheet{Case: c, promises: carried.Promises}).services() {
			names[n.Key] = n.Name
		}
	}
	sums := map[key]*sum{}
	var keys []key
	var from, to day.Date
	logged := c.Logged()
	for i := range logged.Sessions {
		l := &logged.Sessions[i]
		if m, _ := logged.Mark(l.ID); m.Batch != b.Name {
			continue
		}
		if from == 0 {
			from = l.On
		}
		to = l.On
		k := key{l.Service, l.Outcome}
		if sums[k] == nil {
			sums[k] = &sum{}
			keys = append(keys, k)
		}
		sums[k].n++
		if l.Minutes.Said {
			sums[k].minutes += l.Minutes.N
		}
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(strings.Compare(names[a.service], names[b.service]), strings.Compare(a.service, b.service), slices.Index(session.Outcomes(), a.outcome)-slices.Index(session.Outcomes(), b.outcome))
	})
	minutes := func(n int) string {
		if n == 0 {
			return "–" // of sessions that were missed nobody said how long
		}
		return grouped(n)
	}
	for _, k := range keys {
		p.Rows = append(p.Rows, logSum{cmp.Or(names[k.service], k.service), p.T("delivery.outcome." + string(k.outcome)), grouped(sums[k].n), minutes(sums[k].minutes)})
	}
	if from != 0 {
		p.Span = p.T("weblog.span", "from", p.cat.Date(from), "to", p.cat.Date(to))
	}
}

// logUndo takes an import back.
func (s *Site) logUndo(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	b, err := logBatch(r, c)
	if err != nil {
		return err
	}
	if err := s.desk.UndoLog(r.Context(), who(r), c.ID, b.Name, f.Text("name", 20)); err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
		}
		return err
	}
	s.done(r, "weblog.undo_done")
	return s.seeOther(w, r, casePath(c.Folder)+"/carry/imports/"+b.Name)
}
