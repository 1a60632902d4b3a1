package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"stayput/day"
	say "stayput/present/brief"
)

// clockTableFile gives every date of a case as a table for a spreadsheet: UTF-8
// with the mark by which Excel knows it, one row a date. What stands behind a wall
// makes no row: the file leaves the program.
func (s *Site) clockTableFile(w http.ResponseWriter, r *http.Request) error {
	v := clockView(r)
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return err
	}
	f := s.frame(r, "webdates.clocks", "cases")
	group := r.URL.Query().Get("owes")
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	head := []string{"due", "latest", "earliest", "status", "days_left", "rule", "rule_id", "owes", "started", "counted", "citation", "source", "checked", "line", "missing"}
	for i, h := range head {
		head[i] = f.cat.T("webdates.csv_" + h)
	}
	out.Write(head)
	sorted := say.Sort(c.Brief)
	o := f.speak().toOthers().wording(c.Brief)
	for _, part := range []struct {
		tone string
		at   []int
	}{{"late", sorted.Late}, {"soon", sorted.Soon}, {"unsure", sorted.Unsure}, {"ahead", sorted.Ahead}, {"unsure", sorted.Standing}, {"done", sorted.Done}} {
		for j, x := range say.Items(c.Brief, o, part.at, part.tone) {
			k := &c.Brief.Clocks[part.at[j]]
			if !owes(k, group) {
				continue
			}
			left := ""
			if k.On != 0 && part.tone != "done" {
				left = strconv.Itoa(k.Left)
			}
			latest, earliest := k.Latest, k.Earliest
			if latest == k.On {
				latest = 0
			}
			row := []string{iso(k.On), iso(latest), iso(earliest), x.Status, left, x.Title, x.Rule, f.speak().owner(k), f.speak().started(k), arithmetic(x.Count), x.Cite.Text, x.Cite.Source, x.Cite.Checked, x.Line, strings.Join(x.Missing, " ")}
			for i := range row {
				if i != 4 { // a number of days may be below zero
					row[i] = harmless(row[i])
				}
			}
			out.Write(row)
		}
	}
	out.Flush()
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="stayput-`+c.Brief.AsOf.String()+`.csv"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}

func iso(d day.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// harmless keeps a spreadsheet from reading a text as a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n|", rune(s[0])) {
		return "'" + s
	}
	return s
}
