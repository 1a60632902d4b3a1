package web

import (
	"bytes"
	"encoding/csv"
	"net/http"

	"stayput/derive/delivery"
	"stayput/desk"
)

// carryTable gives the ledger as a table for a spreadsheet: each service in all, and
// by plan, school year, month and week. Amounts are exact to a hundredth of a minute.
// The file leaves the program: what stands behind a wall plays no part in it.
func (s *Site) carryTable(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	k, err := s.carryIn(r, c)
	if err != nil {
		return err
	}
	f := s.frame(r, "webcarry.title", "cases")
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	var head []string
	for _, x := range []string{"service", "stretch", "from", "to", "plan", "unit"} {
		head = append(head, f.cat.T("webcarry.csv_"+x))
	}
	for _, x := range delivery.Columns() {
		head = append(head, f.cat.T("delivery.column."+x))
	}
	for _, x := range []string{"pending", "disputed", "assumed", "given", "extra", "convention"} {
		head = append(head, f.cat.T("webcarry.csv_"+x))
	}
	out.Write(head)
	only := r.URL.Query().Get("service")
	for i := range k.l.Services {
		x := &k.l.Services[i]
		if only != "" && x.Key != only {
			continue
		}
		name := x.Name
		if name == "" {
			name = x.Key
		}
		how := ""
		for j, key := range x.Spreads {
			if j > 0 {
				how += " "
			}
			how += f.cat.T("delivery.spread." + key)
		}
		put := func(stretch string, row *delivery.Row) {
			line := []string{harmless(name), harmless(f.cat.T("webcarry.csv_" + stretch)), iso(row.From), iso(row.To), harmless(row.Plan), f.speak().unit(x)}
			for _, c := range delivery.Columns() {
				line = append(line, row.Column(c).String())
			}
			line = append(line, row.Pending.String(), row.Disputed.String(), row.Assumed.String(), row.Given.String(), row.Extra.String(), harmless(how))
			out.Write(line)
		}
		put("total", &x.Total)
		for _, part := range []struct {
			name string
			rows []delivery.Row
		}{{"of_plan", x.Plans}, {"year", x.Years}, {"month", x.Months}, {"week", x.Weeks}} {
			for j := range part.rows {
				put(part.name, &part.rows[j])
			}
		}
	}
	out.Flush()
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="stayput-`+k.l.AsOf.String()+`.csv"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}
