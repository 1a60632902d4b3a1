package web

import (
	"net/http"
	"strings"
)

// compTable gives the workbench as a table for a spreadsheet: one row for each way of
// counting.
func (s *Site) compTable(w http.ResponseWriter, r *http.Request) error {
	c, k, err := s.compOf(r)
	if err != nil {
		return err
	}
	p := compPage{Frame: s.wordsOf(r)}
	var head []string
	for _, x := range []string{"service", "method", "unit", "least", "most", "hours_least", "hours_most", "working", "not_known", "cases"} {
		head = append(head, p.T("webback.csv_"+x))
	}
	rows := [][]string{head}
	if k != nil {
		x := &k.look.Services[k.at]
		for i := range k.bench.Methods {
			m, said := &k.bench.Methods[i], p.method(k, i)
			row := []string{harmless(x.Name), said.Name, p.T("delivery.unit." + x.Unit), "", "", "", ""}
			if m.Said {
				row[3], row[4] = m.Low.String(), m.High.String()
				if x.Unit == "minutes" {
					row[5], row[6] = (m.Low / 60).String(), (m.High / 60).String()
				}
			}
			var cases []string
			for _, c := range said.Cases {
				text := c.Cite.Text + " (" + c.Weight + ")"
				if c.Against {
					text += " " + p.T("webback.against")
				}
				cases = append(cases, text)
			}
			rows = append(rows, append(row, harmless(strings.Join(said.Steps, " ")), harmless(strings.Join(said.Unknown, " ")), harmless(strings.Join(cases, "; "))))
		}
	}
	data, err := sheetOfRows(rows)
	if err != nil {
		return err
	}
	giveTable(w, "stayput-make-up-"+c.Brief.AsOf.String(), data)
	return nil
}
