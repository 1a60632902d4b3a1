package handover

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
)

// A Case is one case file of a parcel with what it names.
type Case struct {
	Part      *Part
	Name      string         // of desk.NewName: the same form twice opens one case
	File      *casefile.File // nil when the file cannot be read
	Problems  []Problem
	Calendars []Named
	Files     []NamedFile
	Log       *desk.NewLog // what came in service and progress logs beside it; nil for none
	First     day.Date     // the earliest and the latest day of the record; zero when none is known
	Last      day.Date
	Walls     map[fact.Wall]int // private entries by wall
}

// A Problem is why a file cannot be read, with the line itself.
type Problem struct {
	*fault.Error
	Line string
}

// Where a calendar that a case names was found.
const (
	Beside  = "beside"  // it came along
	Kept    = "kept"    // the program keeps it already
	Shipped = "shipped" // it comes with the program
	Inside  = "inside"  // it stands in the case file
	Other   = "other"   // it came along, and the program keeps another one of that name
	Unread  = "unread"  // it came along and cannot be read
	Missing = "missing"
)

// A Named is a calendar that a case names.
type Named struct {
	Name  string
	State string
	As    string // under which name it will be kept
	part  *Part
}

// A NamedFile is an attachment that an entry of a case names.
type NamedFile struct {
	Name string
	Part *Part // nil when it is missing
	log  bool  // the service or progress log
}

// Look finds the cases of the parcel and what each of them names. kept are the
// calendars of the space and those that come with the program.
func (p *Parcel) Look(kept []desk.Calendar) {
	p.Cases, p.Spare = nil, nil
	for _, t := range p.Parts {
		t.used, t.calendar = false, false
		switch strings.ToLower(path.Ext(t.Path)) {
		case ".ics":
			t.calendar = true
		case ".yaml", ".yml", ".json":
			p.look(t)
		case ".csv", ".xlsx", ".pdf", ".jpg", ".jpeg", ".png", ".html", ".txt", ".eml", ".docx":
		default:
			if !t.InZip && t.Size <= MostCase {
				p.look(t)
			}
		}
	}
	for _, c := range p.Cases {
		p.gather(c, kept)
	}
	for _, t := range p.Parts {
		if !t.used && !slices.ContainsFunc(p.Cases, func(c *Case) bool { return c.Part == t }) {
			p.Spare = append(p.Spare, t.Path)
		}
	}
}

// look reads a part that may be a case file.
func (p *Parcel) look(t *Part) {
	if t.Size > MostCase {
		if !t.InZip {
			e := refuse(t.Path, "handover.case_too_big", "limit", strconv.Itoa(MostCase>>20)+" MB")
			p.Cases = append(p.Cases, &Case{Part: t, Name: desk.NewName(), Problems: []Problem{{e, ""}}})
		}
		return
	}
	data, err := p.bytes(t)
	if err != nil {
		p.Cases = append(p.Cases, &Case{Part: t, Name: desk.NewName(), Problems: []Problem{{refuse(t.Path, "handover.damaged"), ""}}})
		return
	}
	if !saysCase(data) {
		if _, _, err := calendar.Read(t.Path, data); err == nil || t.InZip {
			t.calendar = err == nil
			return
		}
	}
	c := &Case{Part: t, Name: desk.NewName(), Walls: map[fact.Wall]int{}}
	p.Cases = append(p.Cases, c)
	f, err := casefile.Read(t.Path, data)
	if err != nil {
		for _, e := range fault.All(err) {
			c.Problems = append(c.Problems, Problem{e, LineOf(data, e.At.Line)})
		}
		return
	}
	nodes := make([]*yaml.Node, len(f.Plans))
	for i := range f.Plans {
		nodes[i] = f.Plans[i].Node
	}
	if _, err := planfile.ReadAll(nodes); err != nil {
		for _, e := range fault.All(err) {
			c.Problems = append(c.Problems, Problem{e, LineOf(data, e.At.Line)})
		}
		return
	}
	c.File = f
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Wall != "" {
			c.Walls[e.Wall]++
		}
		if d := e.On.Earliest; d != 0 && (c.First == 0 || d < c.First) {
			c.First = d
		}
		if d := e.On.Latest; d != 0 && d > c.Last {
			c.Last = d
		}
	}
}

// saysCase reports that a file says of itself that it is a case.
func saysCase(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if t := bytes.TrimSpace(data); len(t) > 0 && t[0] == '{' {
		return bytes.Contains(t[:min(len(t), 4096)], []byte(`"stayput"`))
	}
	for line := range bytes.Lines(data) {
		if bytes.HasPrefix(line, []byte("stayput:")) || bytes.HasPrefix(line, []byte("case:")) || bytes.HasPrefix(line, []byte("record:")) {
			return true
		}
	}
	return false
}

// gather finds the calendars and the files that a case names.
func (p *Parcel) gather(c *Case, kept []desk.Calendar) {
	if c.File == nil {
		return
	}
	dir := path.Dir(c.Part.Path)
	taken := map[string]bool{}
	for _, ref := range c.File.Calendars {
		n := Named{Name: ref.Name, As: ref.Name, State: Missing}
		if ref.Inline != nil {
			n.State = Inside
			c.Calendars = append(c.Calendars, n)
			continue
		}
		if taken[ref.Name] {
			continue
		}
		taken[ref.Name] = true
		n.As = path.Base(CleanPath(ref.Name))
		own := slices.IndexFunc(kept, func(k desk.Calendar) bool { return k.ID == n.As })
		if t := p.find(dir, ref.Name); t != nil {
			t.used = true
			data, err := p.bytes(t)
			if err == nil && t.Size <= MostCase {
				_, _, err = calendar.Read(n.As, data)
			}
			switch {
			case err != nil || t.Size > MostCase:
				n.State = Unread
			case own >= 0 && bytes.Equal(kept[own].Body, data):
				n.State = Kept
				if kept[own].Shipped {
					n.State = Shipped
				}
			case own >= 0 && !kept[own].Shipped:
				n.State, n.As, n.part = Other, freeName(n.As, kept), t
			default:
				n.State, n.part = Beside, t
			}
		} else if own >= 0 {
			n.State = Kept
			if kept[own].Shipped {
				n.State = Shipped
			}
		}
		c.Calendars = append(c.Calendars, n)
	}
	p.logs(c, dir)
	if c.File == nil {
		return
	}
	seen := map[string]bool{}
	for i := range c.File.Entries {
		for _, name := range c.File.Entries[i].Files {
			if seen[name] {
				continue
			}
			seen[name] = true
			t := p.find(dir, name)
			if t != nil {
				t.used = true
			}
			c.Files = append(c.Files, NamedFile{Name: name, Part: t})
		}
	}
}

// find is the part that a case in a folder names: at that path, or, when files
// were chosen one by one, the only one of that name.
func (p *Parcel) find(dir, name string) *Part {
	clean := CleanPath(name)
	if t := p.Part(path.Join(dir, clean)); t != nil {
		return t
	}
	if dir != "." { // what lies in another folder is another case's
		return nil
	}
	var found *Part
	for _, t := range p.Parts {
		if strings.EqualFold(path.Base(t.Path), path.Base(clean)) && !t.InZip {
			if found != nil {
				return nil
			}
			found = t
		}
	}
	return found
}

// freeName is a name that no calendar has yet.
func freeName(name string, kept []desk.Calendar) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for i := 2; ; i++ {
		next := stem + "-" + strconv.Itoa(i) + ext
		if !slices.ContainsFunc(kept, func(k desk.Calendar) bool { return k.ID == next }) {
			return next
		}
	}
}

// LineOf is one line of a file, safe to show.
func LineOf(data []byte, n int) string {
	if n < 1 {
		return ""
	}
	i := 0
	for line := range bytes.Lines(data) {
		if i++; i < n {
			continue
		}
		text := strings.Map(func(r rune) rune {
			switch {
			case r == '\t':
				return ' '
			case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
				return -1
			}
			return r
		}, strings.ToValidUTF8(string(line[:min(len(line), 1200)]), "\uFFFD"))
		if r := []rune(text); len(r) > 200 {
			text = string(r[:200]) + "…"
		}
		return strings.TrimRight(text, " ")
	}
	return ""
}
