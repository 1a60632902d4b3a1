package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"stayput/measure"
)

// probeTable gives every probe as a table for a spreadsheet: what was written, how
// it is read, who measured, and who wrote it down when. ?goal= keeps to one goal.
func (s *Site) probeTable(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	k, err := s.carryIn(r, c)
	if err != nil {
		return err
	}
	f := s.frame(r, "webgoals.title", "cases")
	only := clean(r.URL.Query().Get("goal"))
	names := s.names(r)
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	head := []string{"goal", "goal_text", "day", "value", "level", "trials", "unit", "phase", "by", "note", "school_day", "written_by", "written_on", "via", "from"}
	for i, h := range head {
		head[i] = f.cat.T("webgoals.csv_" + h)
	}
	out.Write(head)
	from := map[string]string{}
	for _, b := range k.logs.Batches {
		from[b.Name] = b.From
	}
	texts := map[string]string{}
	for i := range k.logs.Probes {
		p := &k.logs.Probes[i]
		key := k.x.FindGoal(p.Goal, p.On)
		if only != "" && key != only {
			continue
		}
		text, known := texts[key]
		if !known && key != "" {
			if g := goneGoalOf(k, key); g != nil {
				text = strings.Join(strings.Fields(g.Text), " ")
			}
			texts[key] = text
		}
		value, level, of := "", "", ""
		if !p.Missing {
			value = p.Value.String()
			if v, ok := p.Value.Level(); ok {
				level = strconv.FormatFloat(v, 'f', -1, 64)
			}
			if p.Value.Of != 0 {
				of = strconv.FormatFloat(p.Value.Of, 'f', -1, 64)
			}
		}
		m, _ := k.logs.Mark(p.ID)
		written := ""
		if !m.At.IsZero() {
			written = dayOf(m.At).String()
		}
		school := ""
		if k.school != nil {
			school = f.cat.T("webgoals.csv_sure_" + strconv.Itoa(int(k.school.IsSchoolDay(p.On))))
		}
		name := key
		if name == "" {
			name = p.Goal
		}
		row := []string{name, text, iso(p.On), value, level, of, p.Unit, p.Phase, p.By, p.Note, school, names(m.By), written, m.Via, from[m.Batch]}
		for i := range row {
			if !plainNumber(i, p) {
				row[i] = harmless(row[i])
			}
		}
		out.Write(row)
	}
	out.Flush()
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="stayput-`+f.cat.T("webgoals.csv_file")+`-`+c.Brief.AsOf.String()+`.csv"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}

// plainNumber reports the columns of a plain number, which may be below zero.
func plainNumber(column int, p *measure.Probe) bool {
	return (column == 3 || column == 4) && !p.Missing && p.Value.Kind() == measure.Plain
}
