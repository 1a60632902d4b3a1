package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
	"stayput/present/handover"
)

// An exportPage offers the ways a case goes out.
type exportPage struct {
	Frame
	Path    string
	Walls   []exportWall
	Shown   []exportWall // those that may go into evidence: mediation never does
	Room    bool         // mediation is among Walls: it goes into one's own copy alone
	Forms   []exportForm
	Entries []exportEntry
	Count   int
	Query   string // what the entries to pick from were looked for with
	More    int    // entries beyond those offered
	Sealed  string // the key of the space, by which others check a bundle
}

func (exportPage) template() string { return "export_show" }

// An exportWall is a private wall that may go along.
type exportWall struct{ Value, Label string }

// An exportForm is one way a case goes out.
type exportForm struct{ Action, Title, For, Holds, Button string }

// An exportEntry is one entry that may go into a bundle by itself.
type exportEntry struct{ Name, Day, Title, Text, Wall string }

var _ = sample(func() page {
	return exportPage{Path: "/x", Walls: []exportWall{{"counsel", "c"}}, Shown: []exportWall{{"counsel", "c"}}, Room: true, Forms: []exportForm{{"/a", "t", "f", "h", "b"}},
		Entries: []exportEntry{{"n", "d", "t", "x", "w"}}, Count: 1, Sealed: "k"}
})

// exportForms are what follows a case's path, the format and the type.
var exportForms = []struct{ name, format, kind string }{
	{"case.yaml", handover.YAML, "application/yaml; charset=utf-8"},
	{"case.json", handover.JSON, "application/json"},
	{"case.zip", handover.Zip, "application/zip"},
	{"brief.html", handover.HTML, "text/html; charset=utf-8"},
}

// mostPicks is how many entries are offered to pick from at once; a search finds
// the others.
const mostPicks = 100

// exportShow offers what can be handed over of a case.
func (s *Site) exportShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	space, err := s.desk.Space(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := exportPage{Frame: s.caseFrame(r, c, "webmore.export_title", "export"), Path: casePath(c.Folder) + "/export", Sealed: space.Public}
	p.Query = clean(r.URL.Query().Get("q"))
	var found map[string]bool
	if p.Query != "" {
		hits, err := s.desk.Search(r.Context(), who(r), caseID(r), p.Query)
		if err != nil {
			return err
		}
		found = map[string]bool{}
		for _, h := range hits {
			found[h.Entry.ID] = true
		}
	}
	private := map[fact.Wall]int{}
	for i := len(c.File.Entries) - 1; i >= 0; i-- { // the latest written first
		e := &c.File.Entries[i]
		private[e.Wall]++
		if e.Wall == fact.Mediation {
			continue // never evidence
		}
		if e.Kind.Info().Inward {
			continue // goes with the whole record or not at all
		}
		p.Count++
		if found != nil && !found[e.ID] {
			continue
		}
		if len(p.Entries) == mostPicks {
			p.More++
			continue
		}
		x := exportEntry{Name: c.Name(e.ID), Day: p.cat.When(e.On), Title: p.speak().kindTitle(e), Text: cutText(excerpt(e), 90)}
		if e.Wall != fact.Open {
			x.Wall = p.speak().wallName(e.Wall)
		}
		p.Entries = append(p.Entries, x)
	}
	for _, x := range handover.Walls {
		if private[x] > 0 {
			one := exportWall{string(x), p.N("webmore.import_private", private[x], "wall", p.speak().wallName(x))}
			p.Walls = append(p.Walls, one)
			if x == fact.Mediation {
				p.Room = true
				continue
			}
			p.Shown = append(p.Shown, one)
		}
	}
	for _, x := range []struct{ file, key string }{{"case.zip", "zip"}, {"brief.html", "brief"}, {"case.yaml", "yaml"}, {"case.json", "json"}} {
		p.Forms = append(p.Forms, exportForm{p.Path + "/" + x.file, p.T("webmore.export_" + x.key), p.T("webmore.export_" + x.key + "_for"),
			p.T("webmore.export_" + x.key + "_holds"), p.T("webmore.export_" + x.key + "_button")})
	}
	return s.show(w, r, http.StatusOK, p)
}

// chosenWalls are the private walls that somebody ticked.
func chosenWalls(words []string) []fact.Wall {
	var out []fact.Wall
	for _, x := range handover.Walls {
		if slices.Contains(words, string(x)) {
			out = append(out, x)
		}
	}
	return out
}

// exportFile hands over a case in one of its forms.
func (s *Site) exportFile(w http.ResponseWriter, r *http.Request) error {
	for _, x := range exportForms {
		if x.name == r.PathValue("form") {
			return s.handOver(w, r, x.format, x.kind, x.name, handover.Options{Walls: chosenWalls(r.URL.Query()["wall"]), Lang: s.lang(r)})
		}
	}
	return refuse(http.StatusNotFound, "web.error.not_found")
}

// exportGive is exportFile for somebody whom the form names.
func (s *Site) exportGive(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	for _, x := range exportForms {
		if x.name == r.PathValue("form") {
			return s.handOver(w, r, x.format, x.kind, x.name, handover.Options{Walls: chosenWalls(f.All("wall")), Lang: s.lang(r), For: f.Text("for", 300)})
		}
	}
	return refuse(http.StatusNotFound, "web.error.not_found")
}

// exportBundle hands over the evidence bundle.
func (s *Site) exportBundle(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	o := handover.Options{Walls: chosenWalls(f.All("wall")), Lang: s.lang(r), For: f.Text("for", 300)}
	if f.Text("which", 20) == "some" {
		if o.Entries = f.All("entry"); len(o.Entries) == 0 {
			return refuse(http.StatusUnprocessableEntity, "webmore.export_none_chosen")
		}
		c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
		if err != nil {
			return err
		}
		for _, n := range o.Entries {
			e := c.Entry(n)
			if e == nil {
				return refuse(http.StatusUnprocessableEntity, "webmore.export_no_entry")
			}
			if e.Kind.Info().Inward {
				return refuse(http.StatusUnprocessableEntity, "desk.impression_stays")
			}
			// Whoever picks a private entry by hand has chosen to show it.
			if e.Wall != fact.Open && !slices.Contains(o.Walls, e.Wall) {
				o.Walls = append(o.Walls, e.Wall)
			}
		}
	}
	return s.handOver(w, r, handover.Bundle, "application/zip", "evidence.zip", o)
}

// handOver writes a case to a temporary file and then to the browser, so that
// what fails half-way is an error page and no half file, and a slow reader holds
// nothing up.
func (s *Site) handOver(w http.ResponseWriter, r *http.Request, format, kind, suffix string, o handover.Options) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp("", "stayput-out-*")
	if err != nil {
		return fault.New(fault.Unavailable, fault.Position{}, "handover.no_room").Wrap(err)
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	if err := handover.Write(r.Context(), s.desk, who(r), people.CaseID(c.ID), format, o, tmp); err != nil {
		var full *os.PathError
		if errors.As(err, &full) {
			return fault.New(fault.Unavailable, fault.Position{}, "handover.no_room").Wrap(err)
		}
		return err
	}
	if err := s.desk.Give(r.Context(), who(r), people.CaseID(c.ID), handover.Given(who(r), format, o)); err != nil {
		return err
	}
	size, err := tmp.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return err
	}
	cat := s.frame(r, "webmore.export_title", "").cat
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	h.Set("Content-Disposition", disposition("attachment", desk.FileName(caseTitle(cat, c.Folder)+" "+s.today().String()+" "+suffix)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		io.Copy(w, tmp) // when it fails, the person left
	}
	return nil
}
