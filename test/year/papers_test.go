package year

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"mime/multipart"
	"slices"
	"strings"
	"testing"
	"time"
)

// sends uploads a file.
func (p *player) sends(path, field, name string, data []byte, pairs ...string) answer {
	p.y.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		m.WriteField(pairs[i], pairs[i+1])
	}
	f, _ := m.CreateFormFile(field, name)
	f.Write(data)
	m.Close()
	return p.send("POST", path, m.FormDataContentType(), b.String())
}

// inside is all text of an archive, and of the archives in it.
func inside(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		b.WriteString(f.Name + "\n")
		if strings.HasSuffix(f.Name, ".zip") {
			b.WriteString(inside(t, body))
		} else {
			b.Write(body)
		}
	}
	return b.String()
}

// holds fails unless a text holds exactly these marks.
func (y *year) holds(what, text string, marks []string, want ...string) {
	y.t.Helper()
	for _, m := range marks {
		if has, should := strings.Contains(text, m), slices.Contains(want, m); has && !should {
			y.t.Errorf("%s holds %s", what, m)
		} else if !has && should {
			y.t.Errorf("%s lacks %s", what, m)
		}
	}
}

// packet is the school that receives papers: the parent chooses two entries, looks at
// what will go out, and gives the file. What the school sees of it, also when it
// keeps the packet in its own record, is those two and nothing else, and nothing that
// the parent writes later.
func (y *year) packet(parent, manager *player, c, walled string, chosen, marks []string) {
	y.t.Helper()
	form := func(entries ...string) []string {
		out := []string{"for", "Sample Elementary"}
		for _, e := range entries {
			out = append(out, "entry", e)
		}
		return out
	}
	if a := parent.post(c+"/share/new?preset=school", form(walled)...); a.status < 400 {
		y.t.Errorf("an entry of one's own goes into a packet: %d %s", a.status, a.header.Get("Location"))
	}
	check := parent.is(parent.post(c+"/share/new?preset=school", form(chosen...)...), 303, "choosing papers").header.Get("Location")
	page := html.UnescapeString(parent.is(parent.get(check), 200, "what the school will see").body)
	y.holds("the page before the packet", page, marks, "zqfirst", "zqsent")
	file := parent.is(parent.post(strings.TrimSuffix(check, "/check")+"/packet"), 200, "the packet").body
	text := inside(y.t, []byte(file))
	y.holds("the packet", text, marks, "zqfirst", "zqsent")
	for _, private := range []string{"parent@sample.example", "Sample Grandmother", "Sample Advocate", "Sample Attorney", strings.TrimPrefix(c, "/cases/")} {
		if strings.Contains(text, private) {
			y.t.Errorf("the packet holds %q", private)
		}
	}
	given := parent.is(parent.get(c+"/given"), 200, "what was given").body
	if !strings.Contains(given, "Sample Elementary") {
		y.t.Error("the list of what was given does not name the school")
	}

	// The school looks whether it is what the parent gave, and keeps it.
	verdict := manager.is(manager.sends("/verify", "bundle", "packet.zip", []byte(file)), 200, "verifying the packet").body
	y.holds("the page that verifies", html.UnescapeString(verdict), marks)
	damaged := []byte(file)
	damaged[len(damaged)/2] ^= 1
	if a := manager.sends("/verify", "bundle", "packet.zip", damaged); a.status == 200 && a.body == verdict {
		y.t.Error("a packet that was changed is taken for the parent's")
	}
	waiting := manager.is(manager.sends("/import", "file", "packet.zip", []byte(file)), 303, "bringing the packet in").header.Get("Location")
	y.holds("the page that imports", html.UnescapeString(manager.is(manager.get(waiting), 200, "what was brought in").body), marks, "zqfirst", "zqsent")
	manager.is(manager.post(waiting, "case", "0"), 303, "keeping the packet")
	manager.sees["zqfirst"], manager.sees["zqsent"] = true, true

	// What the parent writes afterwards is not in it.
	parent.writes(c, "zqnext", "")
	y.looks("the school keeps the packet", c, marks, manager)
	again := inside(y.t, []byte(parent.is(parent.post(strings.TrimSuffix(check, "/check")+"/packet"), 200, "the same packet again").body))
	y.holds("the same packet, given again", again, marks, "zqfirst", "zqsent")
}

// schoolReads is the school that may read the same two entries on the server for a
// while, with the account it has: those, nothing that is added, and after the end
// nothing.
func (y *year) schoolReads(parent, manager *player, c string, chosen, marks []string) {
	y.t.Helper()
	pairs := []string{"for", "Sample Manager", "until", "2026-02-20"}
	for _, e := range chosen {
		pairs = append(pairs, "entry", e)
	}
	link := parent.share(c+"/share/new?preset=mediator", "Sample Manager", pairs...)
	manager.is(manager.post(link), 303, "taking the invitation")
	guest := *manager // in the family's space now
	guest.sees = map[string]bool{"zqfirst": true, "zqsent": true}
	y.looks("the school reads two entries", c, marks, &guest)
	for _, path := range []string{c + "/add?any=1", c + "/edit", c + "/share", c + "/export", c + "/given", "/leave", "/start", "/import"} {
		guest.gone(path, "the school reads two entries")
	}
	guest.is(guest.get(c+"/record"), 200, "reading before the end")
	y.endShare(parent, c, "Sample Manager")
	guest.gone(c, "the school's share ended")
	guest.gone(c+"/record", "the school's share ended")
	y.later(time.Minute) // a code works once
	manager.signIn()
	manager.is(manager.get("/cases"), 200, "back in the school's own space")
}

// copies are what leaves the program as a file: unless its maker says otherwise it
// holds the open record alone, and never what its maker does not see. A copy of the
// whole file is given to nobody where others have a part in it.
func (y *year) copies(c string, marks []string, makers ...*player) {
	y.t.Helper()
	open := []string{"zqfirst", "zqsent", "zqkept", "zqnext", "zqlate"}
	text := func(a answer) string {
		if strings.HasPrefix(a.header.Get("Content-Type"), "application/zip") {
			return inside(y.t, []byte(a.body))
		}
		return html.UnescapeString(a.body)
	}
	for _, p := range makers {
		for _, form := range []string{"case.yaml", "case.json", "case.zip"} {
			y.holds(form+" of "+p.name, text(p.is(p.get(c+"/export/"+form), 200, form)), marks, open...)
			y.holds(form+" given by "+p.name, text(p.is(p.post(c+"/export/"+form, "for", "A sample clinic"), 200, form)), marks, open...)
		}
		brief := text(p.is(p.get(c+"/export/brief.html"), 200, "the brief"))
		for _, m := range marks {
			if strings.Contains(brief, m) && !slices.Contains(open, m) {
				y.t.Errorf("the brief of %s holds %s", p.name, m)
			}
		}
		y.holds("the evidence of "+p.name, text(p.is(p.post(c+"/export/bundle", "which", "all"), 200, "evidence")), marks, open...)
		// Whoever asks for every wall gets the walls he or she sees; what was said in
		// mediation is never evidence.
		mine := slices.Clone(open)
		for m, sees := range p.sees {
			if sees {
				mine = append(mine, m)
			}
		}
		walls := []string{"wall", "counsel", "wall", "author", "wall", "mediation"}
		y.holds("all walls of "+p.name, text(p.is(p.post(c+"/export/case.zip", walls...), 200, "all walls")), marks, mine...)
		if a := p.post(c+"/export/case.zip", append([]string{"for", "A sample clinic"}, walls...)...); a.status != 422 {
			y.t.Errorf("mediation in a copy that %s makes for somebody: %d", p.name, a.status)
		}
		if a := p.post(c+"/export/bundle", append([]string{"which", "all"}, walls...)...); a.status != 422 {
			y.t.Errorf("mediation as evidence of %s: %d", p.name, a.status)
		}
		if walls = walls[:4]; !p.sees["zqcounsel"] {
			if a := p.post(c+"/export/bundle", append([]string{"which", "all"}, walls...)...); a.status != 404 {
				y.t.Errorf("work product as evidence of %s: %d", p.name, a.status)
			}
			walls = walls[2:]
		}
		mine = slices.DeleteFunc(mine, func(m string) bool { return m == "zqtalks" })
		y.holds("evidence with the walls of "+p.name, text(p.is(p.post(c+"/export/bundle", append([]string{"which", "all"}, walls...)...), 200, "evidence")), marks, mine...)
		if a := p.post("/settings/copy"); a.status != 403 {
			y.t.Errorf("%s gets a copy of the whole file: %d", p.name, a.status)
		}
	}
}
