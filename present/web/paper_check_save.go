package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/derive/passage"
	"stayput/desk"
	"stayput/fault"
	"stayput/paper"
)

// checkFrom is what a form says of a check that is x now. What stands on other pages of a
// long text stays as it is. Marks of passages that are not there are refused, but for a
// form that was made from an older state of the check: of that, bad is false.
func checkFrom(f *Form, x desk.PaperCheck, d *paper.Paper) (out desk.PaperCheck, part int, bad bool) {
	out = x
	out.Said, out.Lack, out.Marks, out.Lost = map[string]string{}, map[string]string{}, map[string][]desk.PaperMark{}, nil
	out.Version, _ = strconv.ParseInt(f.Text("version", 20), 10, 64)
	old := out.Version != x.Version
	part, _ = strconv.Atoi(f.Text("part", 10))
	all := passage.Split(x.Text)
	part, a, b, _ := partOf(len(all), part)
	at := map[string]desk.PaperMark{} // by where it begins
	shown := map[desk.PaperMark]bool{}
	for _, q := range all[a:b] {
		at[strconv.Itoa(q.From)] = desk.PaperMark(q)
		shown[desk.PaperMark(q)] = true
	}
	known := map[string]bool{}
	for _, it := range checkItems(d) {
		known[it.ID] = true
		for _, m := range x.Marks[it.ID] {
			if !shown[m] {
				out.Marks[it.ID] = append(out.Marks[it.ID], m)
			}
		}
	}
	for _, v := range f.All("mark") {
		i := strings.LastIndexByte(v, '/')
		if i < 0 || !known[v[:i]] || at[v[i+1:]].To == 0 {
			bad = bad || !old
			continue
		}
		if m := at[v[i+1:]]; !slices.Contains(out.Marks[v[:i]], m) {
			out.Marks[v[:i]] = append(out.Marks[v[:i]], m)
		}
	}
	for _, it := range checkItems(d) {
		ms := out.Marks[it.ID]
		if len(ms) == 0 {
			delete(out.Marks, it.ID)
		}
		slices.SortFunc(ms, func(a, b desk.PaperMark) int { return a.From - b.From })
		said := f.Text("q_"+it.ID, 10)
		switch said {
		case desk.CheckYes, desk.CheckNo, desk.CheckUnsure:
		case desk.CheckWeak:
			if x.Text == "" {
				said = desk.CheckUnsure
			}
		default:
			said = x.Said[it.ID]
		}
		// Whoever marks where something stands says that it is there, unless the answer
		// was changed with it.
		if len(ms) > len(x.Marks[it.ID]) && said == x.Said[it.ID] && said != desk.CheckWeak {
			said = desk.CheckYes
		}
		if said != "" {
			out.Said[it.ID] = said
		}
		lack := x.Lack[it.ID]
		if f.Has("lack_" + it.ID) {
			lack = oneSpace(f.Text("lack_"+it.ID, desk.MostLack))
		}
		if lack != "" {
			out.Lack[it.ID] = lack
		}
	}
	return out, part, bad
}

// checkSave keeps what a reader found further. What somebody else found meanwhile is
// shown beside it, and nothing is lost.
func (s *Site) checkSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, c, d, err := s.checkOf(r)
	if err != nil {
		return err
	}
	typed, part, bad := checkFrom(f, x, d)
	if bad {
		err = noPassage()
	} else {
		err = s.desk.SaveCheck(r.Context(), who(r), c.ID, typed)
	}
	if err == nil {
		s.dropDraft(r, "check:"+x.ID+":"+itoa(part))
		s.done(r, "webmark.saved")
		to := checksPath(c.Folder, x.ID)
		if f.Text("do", 10) == "on" {
			to += "?part=" + itoa(part+1)
		} else if part > 1 {
			to += "?part=" + itoa(part)
		}
		return s.seeOther(w, r, to)
	}
	return s.checkAgain(w, r, x, typed, c, d, part, err, nil)
}

// checkAgain shows a form that could not be kept, with what is wrong or what somebody else
// found. text is the text that was typed, where it was changed.
func (s *Site) checkAgain(w http.ResponseWriter, r *http.Request, x, typed desk.PaperCheck, c *desk.Case, d *paper.Paper, part int, err error, text *string) error {
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	typed.Version, typed.Text, typed.Lost = x.Version, x.Text, x.Lost
	p, drawn := s.checkPage(r, &typed, c, d, part)
	if drawn != nil {
		return drawn
	}
	status := http.StatusUnprocessableEntity
	if kind == fault.Conflict {
		status, p.Clashed, p.Clash = http.StatusConflict, true, p.speak().checkDiffers(d, &x, &typed)
	}
	if text != nil {
		p.Text.Value = *text
	}
	for _, y := range fault.All(err) {
		switch {
		case kind == fault.Conflict:
		case text != nil:
			p.Text.Error = p.Fault(y)
		default:
			p.Problems = append(p.Problems, p.Fault(y))
		}
	}
	return s.show(w, r, status, p)
}

// checkDiffers says where two readers found something else: what the other found.
func (f speaker) checkDiffers(d *paper.Paper, theirs, mine *desk.PaperCheck) (out []string) {
	for _, it := range checkItems(d) {
		a, b := theirs.Said[it.ID], mine.Said[it.ID]
		if a == b && slices.Equal(theirs.Marks[it.ID], mine.Marks[it.ID]) && theirs.Lack[it.ID] == mine.Lack[it.ID] {
			continue
		}
		line := f.T("webmark.theirs", "what", first(it.Is[f.Lang]), "found", f.T("webmark.found_"+checkFound(theirs, it.ID)))
		if q := passage.Quote(theirs.Text, marked(theirs, it.ID)); q != "" {
			line = f.T("webmark.theirs_quote", "line", line, "quote", shortened(q, 300))
		}
		if theirs.Lack[it.ID] != "" {
			line += " " + f.T("webmark.lacks", "lack", theirs.Lack[it.ID])
		}
		out = append(out, line)
	}
	return out
}

// checkText changes the text of a paper that is checked. What was marked is looked for in
// the new text; what does not stand there any more is told.
func (s *Site) checkText(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, c, d, err := s.checkOf(r)
	if err != nil {
		return err
	}
	text, fits := f.Words("text", mostReceived)
	typed := x
	typed.Version, _ = strconv.ParseInt(f.Text("version", 20), 10, 64)
	switch clean := pasted(text); {
	case !fits || len(clean) > desk.MostCheck:
		err = fault.New(fault.Invalid, fault.Position{}, "webmark.long", "limit", "100,000")
	case clean == "":
		err = fault.New(fault.Invalid, fault.Position{}, "webmark.no_text")
	case clean == x.Text:
	default:
		moved(&typed, clean)
		err = s.desk.SaveCheck(r.Context(), who(r), c.ID, typed)
	}
	if err != nil {
		return s.checkAgain(w, r, x, x, c, d, 1, err, &text)
	}
	s.done(r, "webmark.text_changed")
	return s.seeOther(w, r, checksPath(c.Folder, x.ID))
}

// checkDrop takes a check away.
func (s *Site) checkDrop(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	if err := s.desk.DropCheck(r.Context(), who(r), caseID(r), r.PathValue("check")); err != nil {
		return err
	}
	s.done(r, "webmark.dropped")
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/papers")
}
