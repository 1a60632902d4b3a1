package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"stayput/fault"
	"stayput/present/bundle"
)

// sinceLimit is how large a key or a checkpoint may be.
const sinceLimit = 64 << 10

// A verifyPage checks an evidence bundle.
type verifyPage struct {
	Frame
	Fields  []Field
	Verdict string // in plain words; "" before a bundle was given
	Tone    string
	File    string
	Report  []verifyPart
}

func (verifyPage) template() string { return "export_verify" }

// A verifyPart is one paragraph or list of a report.
type verifyPart struct {
	Heading string
	Lines   []string
}

var _ = sample(func() page {
	return verifyPage{Fields: []Field{{Name: "bundle", Label: "x", Kind: "file", Error: "y"}}, Verdict: "v", Tone: "late", File: "f",
		Report: []verifyPart{{"h", []string{"l"}}, {"", []string{"m"}}}}
})

// verifyShow asks for a bundle.
func (s *Site) verifyShow(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusOK, s.verifyPage(r, "", "", ""))
}

func (s *Site) verifyPage(r *http.Request, key, field, trouble string) verifyPage {
	p := verifyPage{Frame: s.frame(r, "webmore.verify_title", "cases")}
	p.Fields = []Field{
		{Name: "bundle", Label: p.T("webmore.verify_bundle"), Hint: p.T("webmore.verify_bundle_hint"), Kind: "file", Required: true},
		{Name: "key", Label: p.T("webmore.verify_key"), Hint: p.T("webmore.verify_key_hint"), Value: key, Max: 400},
		{Name: "since", Label: p.T("webmore.verify_since"), Hint: p.T("webmore.verify_since_hint"), Kind: "file"},
	}
	for i := range p.Fields {
		if p.Fields[i].Name == field {
			p.Fields[i].Error = trouble
		}
	}
	return p
}

// verifyCheck reads a bundle and says what holds.
func (s *Site) verifyCheck(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	o := bundle.Options{Key: f.Text("key", 400)}
	var zip *Upload
	for i := range f.Files {
		switch u := &f.Files[i]; u.Field {
		case "bundle":
			if zip == nil {
				zip = u
			}
		case "since":
			in, err := u.Open()
			if err != nil {
				return err
			}
			if o.Since, err = io.ReadAll(io.LimitReader(in, sinceLimit)); err != nil {
				return err
			}
		}
	}
	cat := s.frame(r, "webmore.verify_title", "cases")
	again := func(field, text string) error {
		return s.show(w, r, http.StatusUnprocessableEntity, s.verifyPage(r, o.Key, field, text))
	}
	if zip == nil {
		return again("bundle", cat.T("webmore.verify_none"))
	}
	rep, err := bundle.Verify(zip.file, zip.Size, o)
	if err != nil {
		if fault.KindOf(err) != fault.Invalid {
			return err
		}
		field := "bundle"
		switch e := fault.All(err)[0]; {
		case strings.Contains(e.Key, "key"):
			field = "key"
		case strings.Contains(e.Key, "since"), strings.Contains(e.Key, "checkpoint"):
			field = "since"
		}
		return again(field, cat.speak().says(err)[0])
	}
	p := s.verifyPage(r, o.Key, "", "")
	p.File = zip.Name
	p.Tone = map[bundle.Verdict]string{bundle.Broken: "late", bundle.Proved: "done", bundle.Since: "done"}[rep.Verdict]
	p.Verdict, p.Report = verifyParts(rep.Text(p.cat))
	return s.show(w, r, http.StatusOK, p)
}

// verifyParts takes the report for a person apart: the verdict, then headings
// with their lines.
func verifyParts(text string) (verdict string, out []verifyPart) {
	for _, block := range bytes.Split([]byte(strings.TrimSpace(text)), []byte("\n\n")) {
		lines := strings.Split(strings.TrimSpace(string(block)), "\n")
		if verdict == "" {
			verdict, lines = lines[0], lines[1:]
		}
		part := verifyPart{}
		for _, l := range lines {
			item := strings.HasPrefix(l, " ") || strings.HasPrefix(l, "-")
			l = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(l), "- "))
			switch {
			case l == "":
			case !item && len(lines) > 1 && part.Heading == "" && len(part.Lines) == 0 && !strings.HasSuffix(l, "."):
				part.Heading = strings.TrimSuffix(l, ":")
			default:
				part.Lines = append(part.Lines, l)
			}
		}
		if part.Heading != "" || len(part.Lines) > 0 {
			out = append(out, part)
		}
	}
	return verdict, out
}
