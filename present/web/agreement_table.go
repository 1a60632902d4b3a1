package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"stayput/derive/remedy"
	"stayput/desk"
)

// agreementTable gives every promise of every agreement as a table for a spreadsheet.
// The file leaves the program: what stands behind a wall plays no part in it.
func (s *Site) agreementTable(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	f := s.frame(r, "webagree.title", "cases")
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	var head []string
	for _, x := range []string{"agreement", "signed", "sort", "promise", "due", "status", "days_late", "minutes", "minutes_given", "minutes_left", "minutes_over", "minutes_logged", "dollars", "dollars_given", "dollars_left", "dollars_over", "paid", "receipts", "asked", "done", "papers"} {
		head = append(head, f.cat.T("webagree.csv_"+x))
	}
	out.Write(head)
	money := func(cents int64) string { return strings.ReplaceAll(remedy.Dollars(cents), ",", "") }
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	res := s.agreementsOf(r, c)
	for i := range res.Agreements {
		a := &res.Agreements[i]
		for j := range a.Remedies {
			x := &a.Remedies[j]
			asked, done := "", ""
			if k := len(x.Asked); k > 0 {
				asked = iso(x.Asked[k-1].On.Earliest)
			}
			if x.Status == remedy.Done || x.Status == remedy.Full {
				done = iso(x.DoneOn.Earliest)
			}
			out.Write([]string{harmless(f.speak().agreementTitle(a)), iso(a.Entry.On.Earliest), f.T("webagree.sort_" + string(x.Sort)), harmless(x.Entry.Fields.Summary), iso(x.Due), f.speak().remedyTag(x).Text, strconv.Itoa(x.DaysLate),
				n(x.Minutes), n(x.GivenMinutes), n(x.LeftMinutes), n(x.OverMinutes), n(x.Logged), money(x.Cents), money(x.GivenCents), money(x.LeftCents), money(x.OverCents), money(x.Expenses.Cents), money(x.Expenses.Receipts), asked, done, strconv.Itoa(x.Papers)})
		}
	}
	out.Flush()
	giveTable(w, "stayput-agreements-"+c.Brief.AsOf.String(), b.Bytes())
	return nil
}
