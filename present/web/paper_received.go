package web

import (
	"net/http"
	"net/url"
	"slices"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/paper"
)

// A receivedPage asks whoever holds a paper of the other side what it says, and shows
// what is missing in it.
type receivedPage struct {
	Frame
	Back, Action string
	Of           string // the entry that says it came
	OfHref       string
	Hidden       []Hidden
	Asks         []Field
	Done         bool
	Lead         string
	Missing      []paperNeed
	Unsure       []paperNeed
	Answer       string // drafts the answer
	AnswerTitle  string
}

func (receivedPage) template() string { return "paper_received" }

var (
	_ = sample(func() page {
		return receivedPage{Back: "/b", Action: "/a", Of: "o", OfHref: "/o", Hidden: []Hidden{{"entry", "x"}}, Asks: []Field{{Name: "q_a", Kind: "radio", Label: "l", Options: []Option{{Value: "yes", Label: "y"}}}}, Done: true, Lead: "l",
			Missing: []paperNeed{{"t", Cite{Text: "c"}}}, Unsure: []paperNeed{{"t", Cite{}}}, Answer: "/n", AnswerTitle: "t"}
	})
	_ = sample(func() page { return receivedPage{} })
)

// answersWith are the papers that answer one of the other side that lacks something.
var answersWith = map[string]string{"pwn": "demand-pwn", "revocation-pwn": "demand-pwn", "due-process-complaint": "notice-insufficiency", "meeting-notice": "request-iep-meeting"}

// paperAnswering is the paper that answers another here.
func paperAnswering(c *desk.Case, document string) string {
	id := answersWith[document]
	if id == "" {
		id = "follow-up-letter"
	}
	d, err := c.Papers.Get(id)
	if err != nil || !writes(c.File.Case.Side, d) || !inState(c, d) {
		id = "follow-up-letter"
	}
	if !hasPaper(id) {
		return ""
	}
	return id
}

// receivedPage draws the questions, with the answers that were given.
func (s *Site) receivedPage(r *http.Request, entry string, said func(string) string) (receivedPage, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return receivedPage{}, err
	}
	d, err := c.Papers.Get(r.PathValue("document"))
	if err != nil {
		return receivedPage{}, err
	}
	items := checkItems(d)
	if len(items) == 0 {
		return receivedPage{}, fault.New(fault.NotFound, fault.Position{}, "webpaper.no_questions")
	}
	p := receivedPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Back: papersPath(c.Folder, ""), Action: papersPath(c.Folder, "/received/"+d.ID)}
	p.Title = p.T("webpaper.received_title", "title", d.Title[p.Lang])
	about := ""
	if e := c.Entry(entry); e != nil && inLetters(e) {
		p.Of, p.OfHref = p.T("webpaper.entry_on", "what", p.speak().kindTitle(e), "date", p.cat.When(e.On)), entryPath(c.Folder, e.ID)
		p.Hidden = []Hidden{{"entry", entry}}
		about = e.Re
	} else {
		entry = ""
	}
	gaps := url.Values{}
	for _, it := range items {
		x := Field{Name: "q_" + it.ID, Label: it.Ask[p.Lang], Kind: "radio", Required: true}
		v := ""
		if said != nil {
			v = said(x.Name)
		}
		for _, o := range []string{"yes", "no", "unsure"} {
			x.Options = append(x.Options, Option{Value: o, Label: p.T("webpaper.said_" + o), On: o == v})
		}
		p.Asks = append(p.Asks, x)
		need := paperNeed{first(it.Is[p.Lang]), p.speak().paperCite(it)}
		switch {
		case said == nil || v == "yes":
		case v == "no":
			p.Missing = append(p.Missing, need)
			gaps.Add("gap", d.ID+"/"+it.ID)
		default:
			p.Unsure = append(p.Unsure, need)
		}
	}
	if said == nil {
		return p, nil
	}
	p.Done = true
	p.Lead = p.N("webpaper.received_missing", len(p.Missing))
	if id := paperAnswering(c, d.ID); id != "" && len(p.Missing) > 0 {
		by, err := c.Papers.Get(id)
		if err != nil {
			return p, err
		}
		if entry != "" {
			gaps.Set("came", entry)
		}
		if e := c.Brief.View.Get(about); e != nil && inLetters(e) && slices.Contains(by.About.Kinds, e.Kind) {
			gaps.Set("about", c.Name(e.ID))
		} else if x := c.Entry(entry); x != nil && slices.Contains(by.About.Kinds, x.Kind) {
			gaps.Set("about", entry)
		}
		p.Answer, p.AnswerTitle = papersPath(c.Folder, "/new/"+id)+"?"+gaps.Encode(), by.Title[p.Lang]
	}
	return p, nil
}

// receivedShow asks what a paper says.
func (s *Site) receivedShow(w http.ResponseWriter, r *http.Request) error {
	p, err := s.receivedPage(r, r.URL.Query().Get("entry"), nil)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// receivedCheck shows what is missing in it. Nothing is written down.
func (s *Site) receivedCheck(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	p, err := s.receivedPage(r, f.Text("entry", 40), func(name string) string { return f.Text(name, 10) })
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// checkable are the papers of the other side that can be checked, in the order of their
// titles.
func checkable(c *desk.Case, all []*paper.Paper) (out []*paper.Paper) {
	mine := paper.Parent
	if c.File.Case.Side == fact.SchoolSide {
		mine = paper.LEA
	}
	for _, d := range all {
		if d.Side != mine && inState(c, d) && len(checkItems(d)) > 0 && d.Form != paper.Log {
			out = append(out, d)
		}
	}
	return out
}
