package handover

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// mediaType is what the bytes of a part are, whatever its name says.
func mediaType(r io.ReaderAt, name string) string {
	head := make([]byte, 512)
	n, _ := r.ReadAt(head, 0)
	t := http.DetectContentType(head[:n])
	if strings.HasSuffix(strings.ToLower(name), ".eml") && strings.HasPrefix(t, "text/plain") {
		return "message/rfc822"
	}
	return t
}

// Ready is a case of the parcel as the desk opens it: its calendars and files are
// kept. It fails when one of them cannot be.
func (p *Parcel) Ready(ctx context.Context, d *desk.Desk, who desk.Who, c *Case) (desk.NewCase, error) {
	in := desk.NewCase{Name: c.Name, Via: "import", Files: map[string]desk.FileRef{}}
	file := *c.File
	file.Calendars = slices.Clone(file.Calendars)
	file.Case.Calendars = slices.Clone(file.Case.Calendars)
	in.File = &file
	if c.Log != nil {
		log := *c.Log
		in.Log, file.Delivery, file.Progress = &log, nil, nil
	}
	for _, n := range c.Calendars {
		if n.part != nil {
			data, err := p.bytes(n.part)
			if err != nil {
				return in, err
			}
			if err := keepCalendar(ctx, d, who, n.As, data); err != nil {
				return in, err
			}
		}
		if n.State == Inside || n.As == n.Name {
			continue
		}
		for i := range file.Calendars {
			if r := &file.Calendars[i]; r.Inline == nil && r.Name == n.Name {
				r.Name = n.As
			}
		}
		for i := range file.Case.Calendars {
			if file.Case.Calendars[i].Is == n.Name {
				file.Case.Calendars[i].Is = n.As
			}
		}
	}
	for _, f := range c.Files {
		if f.Part == nil || f.Part.Size == 0 {
			continue
		}
		r := p.Open(f.Part)
		ref, err := d.KeepFile(ctx, who, "", f.Part.Path, mediaType(r, f.Part.Path), r)
		if err != nil {
			return in, err
		}
		in.Files[f.Name] = ref
		if in.Log != nil && f.log { // the file itself is kept with what it said
			ref.Name = f.Name
			in.Log.Files = append(in.Log.Files, ref)
		}
	}
	return in, nil
}

// keepCalendar saves a calendar that is not kept yet: the same one is not saved
// twice, and another one of the same name stays as it is.
func keepCalendar(ctx context.Context, d *desk.Desk, who desk.Who, id string, data []byte) error {
	all, err := d.Calendars(ctx, who)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(k desk.Calendar) bool { return k.ID == id && !k.Shipped }) {
		return nil // somebody saved it since the parcel was looked at
	}
	_, err = d.SaveCalendar(ctx, who, id, "", data, 0)
	return err
}

// OpenOne opens one case of the parcel by itself.
func (p *Parcel) OpenOne(ctx context.Context, d *desk.Desk, who desk.Who, c *Case) (people.CaseID, error) {
	in, err := p.Ready(ctx, d, who, c)
	if err != nil {
		return "", err
	}
	return d.OpenCase(ctx, who, in)
}

// OpenAll opens cases as one import, which can be undone as one. batch is a name
// of desk.NewName; report is kept with the import.
func (p *Parcel) OpenAll(ctx context.Context, d *desk.Desk, who desk.Who, batch, title string, report []byte, cs []*Case) error {
	in := make([]desk.NewCase, 0, len(cs))
	for _, c := range cs {
		n, err := p.Ready(ctx, d, who, c)
		if err != nil {
			return err
		}
		in = append(in, n)
	}
	return d.OpenCases(ctx, who, batch, title, report, in)
}

// Walls are the private walls in the order in which they are offered.
var Walls = []fact.Wall{fact.Mediation, fact.Counsel, fact.Author}
