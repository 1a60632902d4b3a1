package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"stayput/derive/lookback"
)

// backTable gives the gaps as a table for a spreadsheet: one row for each, with the
// last days of each way.
func (s *Site) backTable(w http.ResponseWriter, r *http.Request) error {
	c, k, err := s.lookBack(r)
	if err != nil {
		return err
	}
	p := backPage{Frame: s.wordsOf(r)}
	var head []string
	for _, x := range []string{"service", "year", "kind", "from", "to", "sessions", "told", "unit", "made_up", "short", "reported", "unknown", "otherwise", "resumed", "reasons"} {
		head = append(head, p.T("webback.csv_"+x))
	}
	for _, x := range k.look.Routes {
		name := p.T("right." + x.Right)
		for _, y := range []string{"state", "first", "last"} {
			head = append(head, name+": "+p.T("webback.csv_"+y))
		}
	}
	rows := [][]string{head}
	for i := range k.look.Services {
		x := &k.look.Services[i]
		for j := range x.Years {
			for _, g := range x.Years[j].Gaps {
				var why []string
				for _, y := range g.Reasons {
					if text := p.because(y); text != "" {
						why = append(why, text+" ("+strconv.Itoa(y.Sessions)+")")
					}
				}
				row := []string{harmless(x.Name), labelOf(x.Years[j].From), p.T("webback.kind_" + string(g.Kind)), iso(g.From), iso(g.To), strconv.Itoa(g.Sessions), strconv.Itoa(g.Told), p.T("delivery.unit." + x.Unit),
					g.MadeUp.String(), g.Short.String(), g.Reported.String(), g.Unknown.String(), g.Otherwise.String(), iso(g.Resumed), harmless(strings.Join(why, "; "))}
				for _, route := range k.look.Routes {
					var cl lookback.Claim
					for _, y := range g.Claims {
						if y.Right == route.Right {
							cl = y
						}
					}
					state := ""
					if cl.Right != "" {
						state = p.T("webback.state_" + string(cl.State))
					}
					row = append(row, state, iso(cl.First.Earliest), iso(cl.Last.Earliest))
				}
				rows = append(rows, row)
			}
		}
	}
	data, err := sheetOfRows(rows)
	if err != nil {
		return err
	}
	giveTable(w, "stayput-look-back-"+c.Brief.AsOf.String(), data)
	return nil
}

// sheetOfRows is rows as a table for a spreadsheet: UTF-8 with the mark by which Excel
// knows it.
func sheetOfRows(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	err := out.WriteAll(rows)
	return b.Bytes(), err
}
