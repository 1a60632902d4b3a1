package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/intake/servicelog"
	"stayput/people"
	"stayput/plan/session"
	"stayput/present/handover"
)

// A logTakePage asks for a log of services: a file, or a text that was copied.
type logTakePage struct {
	Frame
	Path    string
	Fields  []Field
	NoPlan  bool // no service is in force: there is nothing to hold a log against
	Imports bool // something was imported before
	Letter  string
}

func (logTakePage) template() string { return "log_take" }

var _ = sample(func() page {
	return logTakePage{Path: "/x", NoPlan: true, Imports: true, Letter: "/y", Fields: []Field{{Name: "file", Label: "x", Kind: "file"}, {Name: "text", Label: "y", Kind: "textarea", Error: "e"}}}
})

// A logWaiting is a file or a text of sessions between two steps. Only what a
// person chose is kept in memory: the file waits on the disk and is read anew.
type logWaiting struct {
	c       people.CaseID
	text    string // what was pasted; then there is no file
	sheet   string // of a workbook, when another one than the first was chosen
	mapping servicelog.Mapping
	chosen  bool // the columns were confirmed
	known   bool // they were remembered from an earlier file
	child   string
	service string
	from    session.Teller
	seis    servicelog.SEISKind // the file is no log: what a plan says
}

// A logSheet is a case with what its services are called, for reading a log.
type logSheet struct {
	*desk.Case
	promises []delivery.Promise
	habits   desk.LogHabits
	found    map[foundKey]string
}

type foundKey struct {
	text string
	on   day.Date
}

// logCase is the case of a request with its services.
func (s *Site) logCase(r *http.Request) (*logSheet, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return nil, err
	}
	x := &logSheet{Case: c, found: map[foundKey]string{}}
	if carried, err := c.Carried(); err == nil { // plans that cannot be read promise nothing
		x.promises = carried.Promises
	}
	x.habits, err = s.desk.LogHabits(r.Context(), who(r), c.ID)
	return x, err
}

// A serviceName is a service of the plan by its key in the ledger, with its name.
type serviceName struct{ Key, Name string }

// services are the services that were ever in force, each once; the latest name counts.
func (x *logSheet) services() []serviceName {
	var out []serviceName
	for _, p := range x.promises {
		name := p.Name
		if name == "" {
			name = p.Service
		}
		i := slices.IndexFunc(out, func(s serviceName) bool { return s.Key == p.Service })
		if i < 0 {
			out = append(out, serviceName{p.Service, name})
		} else {
			out[i].Name = name
		}
	}
	same := map[string]int{}
	for _, o := range out {
		same[o.Name]++
	}
	for i := range out {
		if same[out[i].Name] > 1 { // two lines of one name
			out[i].Name += " (" + out[i].Key + ")"
		}
	}
	return out
}

// match is the service that a text means on a day: as somebody said before, else
// when the plan has just one that fits.
func (x *logSheet) match(text string, on day.Date) string {
	word := caseload.Fold(text)
	if s, said := x.habits.Services[word]; said {
		if s == desk.KeptAsSpoken || !slices.ContainsFunc(x.promises, func(p delivery.Promise) bool { return p.Service == s }) {
			return ""
		}
		return s
	}
	k := foundKey{word, on}
	s, known := x.found[k]
	if !known {
		if all := delivery.Find(x.promises, text, on); len(all) == 1 {
			s = all[0]
		}
		if len(x.found) < 50_000 {
			x.found[k] = s
		}
	}
	return s
}

// settled reports that it was said that a word names no service of the plan.
func (x *logSheet) settled(text string) bool {
	return x.habits.Services[caseload.Fold(text)] == desk.KeptAsSpoken
}

// logPath is where a log of a case waits.
func logPath(c people.CaseID, parcel string) string {
	p := "/cases/" + string(c) + "/carry/import"
	if parcel != "" {
		p += "/" + parcel
	}
	return p
}

// logImport asks for a log.
func (s *Site) logImport(w http.ResponseWriter, r *http.Request) error {
	x, err := s.logCase(r)
	if err != nil {
		return err
	}
	return s.showTake(w, r, http.StatusOK, x, takeTyped{service: x.habits.Service, from: session.Teller(x.habits.From)}, "", "")
}

// A takeTyped is what was typed beside a file or a text.
type takeTyped struct {
	text, service string
	from          session.Teller
}

// logTellers are whose words a log may be.
var logTellers = []session.Teller{session.Provider, session.School, session.Family}

func (s *Site) showTake(w http.ResponseWriter, r *http.Request, status int, x *logSheet, t takeTyped, badFile, badText string) error {
	p := logTakePage{Frame: s.caseFrame(r, x.Case, "weblog.import_title", "carry"), Path: casePath(x.Folder)}
	p.NoPlan = len(x.promises) == 0
	p.Letter = casePath(x.Folder) + "/add?kind=records_access_requested"
	p.Imports = slices.ContainsFunc(x.Logged().Batches, imported)
	if t.from == "" {
		t.from = session.Provider
	}
	p.Fields = []Field{
		{Name: "file", Label: p.T("weblog.file"), Hint: p.T("weblog.file_hint"), Kind: "file", Error: badFile},
		{Name: "text", Label: p.T("weblog.text"), Hint: p.T("weblog.text_hint"), Kind: "textarea", Value: t.text, Rows: 6, Error: badText},
	}
	if names := x.services(); len(names) > 0 {
		f := Field{Name: "service", Label: p.T("weblog.service"), Hint: p.T("weblog.service_hint"), Kind: "select", Options: []Option{{Label: p.T("weblog.service_said"), On: t.service == ""}}}
		for _, n := range names {
			f.Options = append(f.Options, Option{Value: n.Key, Label: n.Name, On: n.Key == t.service})
		}
		p.Fields = append(p.Fields, f)
	}
	f := Field{Name: "from", Label: p.T("weblog.from"), Hint: p.T("weblog.from_hint"), Kind: "radio", Required: true}
	for _, o := range logTellers {
		f.Options = append(f.Options, Option{Value: string(o), Label: p.T("weblog.from_" + string(o)), On: o == t.from})
	}
	p.Fields = append(p.Fields, f)
	return s.show(w, r, status, p)
}

// logTake takes a log in and leads to its columns or its rows.
func (s *Site) logTake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	x, err := s.logCase(r)
	if err != nil {
		return err
	}
	t := takeTyped{text: f.values.Get("text"), service: f.Text("service", 300), from: session.Teller(f.Text("from", 20))}
	if !slices.Contains(logTellers, t.from) {
		t.from = session.Provider
	}
	if !slices.ContainsFunc(x.promises, func(p delivery.Promise) bool { return p.Service == t.service }) {
		t.service = ""
	}
	words := s.wordsOf(r)
	again := func(badFile, badText string) error {
		return s.showTake(w, r, http.StatusUnprocessableEntity, x, t, badFile, badText)
	}
	l := &logWaiting{c: x.ID, service: t.service, from: t.from, child: x.habits.Child}
	if l.child == "" {
		l.child = x.File.Case.Child.Name
	}
	wait := &waiting{person: who(r).Person.ID, log: l}
	pasted := strings.TrimSpace(t.text) != ""
	switch {
	case len(f.Files) == 0 && !pasted:
		return again(words.T("weblog.bad_nothing"), "")
	case len(f.Files) > 1:
		return again(words.T("weblog.bad_several"), "")
	case len(f.Files) == 1 && pasted:
		return again(words.T("weblog.bad_both"), "")
	case pasted:
		if rep := servicelog.ReadText(t.text, servicelog.Options{Service: "?"}); len(rep.Problems) > 0 {
			return again("", words.speak().says(rep.Problems.Or())[0])
		}
		l.text, l.chosen, wait.title = t.text, true, words.T("weblog.pasted")
		return s.seeOther(w, r, logPath(x.ID, s.keepParcel(wait))+"/rows")
	}
	u := &f.Files[0]
	wait.title = desk.FileName(u.Name)
	told, err := s.readLogHead(r, x, l, u)
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid:
		return again(words.speak().says(err)[0], "")
	case err != nil:
		return err
	case told != "":
		return again(words.T(told), "")
	}
	if wait.parcel, err = handover.NewParcel(); err != nil {
		return err
	}
	if err := wait.parcel.Keep(u.Name, u.file, u.Size); err != nil {
		wait.parcel.Close()
		return err
	}
	path := logPath(x.ID, s.keepParcel(wait))
	switch {
	case l.seis != "":
		return s.seeOther(w, r, path+"/plan")
	case l.chosen:
		return s.seeOther(w, r, path+"/rows")
	}
	return s.seeOther(w, r, path)
}

// readLogHead finds out what a file is, by its header: a spreadsheet of a plan, or a
// log with columns. told is the key of why it cannot be taken here.
func (s *Site) readLogHead(r *http.Request, x *logSheet, l *logWaiting, u *Upload) (told string, err error) {
	kind, _, plan := servicelog.ReadSEISFile(u.Name, u.file, u.Size)
	if plan == nil {
		if !s.desk.May(who(r), desk.ChangePlans, x.ID) {
			return "weblog.bad_seis_rights", nil
		}
		l.seis = kind
		return "", nil
	}
	key := faultKey(plan)
	if key == "servicelog.seis_other_student" || key == "servicelog.seis_other_testing" || key == "servicelog.seis_parts_layout" {
		return "", plan
	}
	file, err := servicelog.Open(u.Name, u.file, u.Size)
	if err != nil {
		return "", err
	}
	guess := file.Guess()
	bySEIS := slices.ContainsFunc(file.Columns, func(c servicelog.Column) bool { return caseload.Fold(c.Header) == "seis id" })
	if bySEIS && key == "servicelog.seis_layout" && !slices.ContainsFunc(guess.Columns, func(a servicelog.Assignment) bool { return a.Target == servicelog.Date }) {
		return "", plan // a spreadsheet of SEIS whose layout is not known is no log
	}
	return "", s.takeLogColumns(r, l, file)
}

// takeLogColumns takes the columns as they were confirmed for the same header
// before, else as they are guessed.
func (s *Site) takeLogColumns(r *http.Request, l *logWaiting, file *servicelog.File) error {
	l.mapping, l.chosen, l.known = file.Guess(), false, false
	kept, err := s.desk.LogColumns(r.Context(), who(r), l.c, file.Fingerprint)
	if err != nil || len(kept) == 0 {
		return err
	}
	m, err := servicelog.ReadMapping(kept)
	if err != nil || len(file.Check(m)) > 0 {
		return nil // what cannot be read any more is asked anew
	}
	l.mapping, l.known = m, true
	l.chosen = l.child != "" || !hasTarget(m, servicelog.Child)
	return nil
}

func hasTarget(m servicelog.Mapping, t servicelog.Target) bool {
	return slices.ContainsFunc(m.Columns, func(a servicelog.Assignment) bool { return a.Target == t })
}

// logOf is the log that waits under the name of the path for this person and case.
// The caller holds its lock.
func (s *Site) logOf(r *http.Request) (*waiting, error) {
	x := s.takeParcel(r.PathValue("parcel"), who(r))
	if x == nil || x.log == nil || x.log.c != caseID(r) {
		return nil, errParcelGone()
	}
	return x, nil
}

// openLog opens the file that waits.
func (x *waiting) openLog() (*servicelog.File, error) {
	if x.parcel == nil || len(x.parcel.Parts) == 0 {
		return nil, errParcelGone()
	}
	t := x.parcel.Parts[0]
	return servicelog.OpenSheet(t.Path, x.parcel.Open(t), t.Size, x.log.sheet)
}
