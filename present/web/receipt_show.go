package web

import (
	"net/http"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/record/seal"
)

// A receiptPage shows a receipt of a leaving, or checks one.
type receiptPage struct {
	Frame
	Left    bool   // just now: the space is gone
	Text    string // the receipt as it was signed
	Verdict string
	Tone    string
	Facts   [][2]string
	Fields  []Field
	Backups int
}

func (receiptPage) template() string { return "receipt_show" }

var (
	_ = sample(func() page {
		return receiptPage{Left: true, Text: "t", Verdict: "v", Tone: "done", Facts: [][2]string{{"a", "b"}}, Backups: 3}
	})
	_ = sample(func() page {
		return receiptPage{Fields: []Field{{Name: "receipt", Label: "x", Kind: "textarea", Error: "y"}}, Verdict: "v", Tone: "late"}
	})
)

// receiptPage is the page of a receipt that holds.
func (s *Site) receiptPage(f Frame, text string, r desk.Receipt, left bool, backups int) receiptPage {
	p := receiptPage{Frame: f, Left: left, Text: text, Backups: backups, Tone: "done"}
	p.Verdict = p.T("records.receipt_holds")
	at := r.At.Local()
	p.Facts = [][2]string{
		{p.T("records.receipt_when"), p.cat.Date(dayOf(r.At)) + " " + p.cat.AtTime(int16(at.Hour()*60+at.Minute()))},
		{p.T("records.receipt_cases"), strconv.Itoa(r.Cases)},
		{p.T("records.receipt_entries"), strconv.FormatInt(r.Entries, 10)},
		{p.T("records.receipt_files"), strconv.Itoa(r.Files)},
		{p.T("records.receipt_people"), strconv.Itoa(r.People)},
		{p.T("records.receipt_accesses"), strconv.FormatInt(r.Accesses, 10)},
	}
	if name, err := seal.KeyName(r.Key); err == nil {
		p.Facts = append(p.Facts, [2]string{p.T("records.receipt_key"), name})
	}
	return p
}

// receiptShow asks for a receipt to check. It needs nobody: whoever holds one has
// left.
func (s *Site) receiptShow(w http.ResponseWriter, r *http.Request) error {
	return s.showReceipt(w, r, http.StatusOK, "", "", "")
}

func (s *Site) showReceipt(w http.ResponseWriter, r *http.Request, status int, text, key, trouble string) error {
	p := receiptPage{Frame: s.frame(r, "records.receipt_check", "")}
	p.Fields = []Field{
		{Name: "receipt", Label: p.T("records.receipt_text"), Hint: p.T("records.receipt_text_hint"), Kind: "textarea", Rows: 8, Required: true, Value: text, Error: trouble},
		{Name: "key", Label: p.T("records.receipt_own_key"), Hint: p.T("records.receipt_own_key_hint"), Value: key, Max: 400, Autocomplete: "off"},
	}
	return s.show(w, r, status, p)
}

// receiptCheck says whether a receipt holds, or gives it back as a file to keep.
func (s *Site) receiptCheck(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	text, _ := f.Words("receipt", fieldLimit)
	text = strings.TrimSpace(text) + "\n"
	key := f.Text("key", 400)
	got, err := desk.ReadReceipt([]byte(text), key)
	if err != nil {
		return s.showReceipt(w, r, http.StatusUnprocessableEntity, strings.TrimSpace(text), key, s.wordsOf(r).T("records.receipt_broken"))
	}
	if f.Ticked("save") { // only what was signed by a space is ever given back
		h := w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Content-Disposition", disposition("attachment", "stayput-receipt-"+got.At.Format("2006-01-02")+".txt"))
		h.Set("Content-Length", strconv.Itoa(len(text)))
		w.WriteHeader(http.StatusOK)
		w.Write([]byte(text))
		return nil
	}
	p := s.receiptPage(s.frame(r, "records.receipt_check", ""), text, got, false, 0)
	if key == "" {
		p.Verdict = p.T("records.receipt_holds_itself")
	}
	return s.show(w, r, http.StatusOK, p)
}
