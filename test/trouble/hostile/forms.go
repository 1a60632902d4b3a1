package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"stayput/test/trouble"
)

// add sends the form of an entry.
func (a *attacker) add(v url.Values, files ...trouble.File) (*trouble.Answer, error) {
	got, err := a.b.PostParts(context.Background(), a.home+"/add?any=1", v, files...)
	if err == nil && got.Status == http.StatusSeeOther {
		a.kept++
	}
	return got, err
}

// refused makes sure that an answer is a refusal in words.
func refused(got *trouble.Answer, err error) error {
	if err != nil {
		return nil // the connection was closed on us, which is a refusal too
	}
	if got.Status < 400 || got.Status >= 500 {
		return fmt.Errorf("answered with %d: %.200s", got.Status, trouble.Plain(got.Body))
	}
	return nil
}

// longText puts 10 MB into one field of several forms.
func (a *attacker) longText() (string, error) {
	text := strings.Repeat("long ", 2<<20)
	v := trouble.EntryForm(trouble.NewName(), text)
	if err := refused(a.add(v)); err != nil {
		return "", fmt.Errorf("an entry: %w", err)
	}
	for _, path := range []string{"/settings", "/cases/new", a.home + "/edit", "/language"} {
		if err := refused(a.b.Post(path, url.Values{"name": {text}, "title": {text}, "lang": {text}})); err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
	}
	r, err := http.NewRequest(http.MethodPut, a.b.Base+"/drafts/x", strings.NewReader(`{"version":0,"fields":{"words":"`+text+`"}}`))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	if err := refused(a.b.Do(r)); err != nil {
		return "", fmt.Errorf("a draft: %w", err)
	}
	// What is just too long is told, and comes back whole.
	words := strings.Repeat("ñ", 50_001)
	got, err := a.add(trouble.EntryForm(trouble.NewName(), words))
	if err != nil {
		return "", err
	}
	if got.Status != http.StatusUnprocessableEntity || !strings.Contains(got.Body, words) {
		return "", fmt.Errorf("50,001 letters were answered with %d, and are not on the page", got.Status)
	}
	return "seven forms refused; what is one letter too long comes back whole", nil
}

// otherOrigin sends forms as pages of other sites would.
func (a *attacker) otherOrigin() (string, error) {
	n := 0
	for _, h := range []map[string]string{
		{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
		{"Origin": "http://localhost:1"}, {"Origin": "https" + strings.TrimPrefix(a.b.Base, "http")}, {"Origin": a.b.Base + ".evil.example"},
		{"Origin": a.b.Base, "Sec-Fetch-Site": "cross-site"}, {"Origin": a.b.Base, "Sec-Fetch-Site": "same-site"}, {"Origin": "file://"}, {"Origin": "garbage"},
	} {
		body, kind, err := trouble.Parts(trouble.EntryForm(trouble.NewName(), "forged"))
		if err != nil {
			return "", err
		}
		r, err := http.NewRequest(http.MethodPost, a.b.Base+a.home+"/add?any=1", bytes.NewReader(body))
		if err != nil {
			return "", err
		}
		r.Header.Set("Content-Type", kind)
		for k, v := range h {
			r.Header.Set(k, v)
		}
		resp, err := a.b.Client.Do(r)
		if err != nil {
			return "", err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden {
			return "", fmt.Errorf("%v was answered with %d", h, resp.StatusCode)
		}
		n++
	}
	got, err := a.b.Get(a.home + "/record?q=forged")
	if err != nil || strings.Contains(trouble.Plain(got.Body), "forged.") {
		return "", fmt.Errorf("something forged was kept: %v", err)
	}
	return fmt.Sprintf("%d refused", n), nil
}

// nobody asks for everything without having entered.
func (a *attacker) nobody() (string, error) {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	n := 0
	for _, path := range []string{"/", "/cases", a.home, a.home + "/record", a.home + "/clocks", "/search?q=a", "/settings", "/drafts/x", "/law", "/calendars", "/enter?key=", "/enter?key=abc", "/nothing", "/static/../cases"} {
		for _, cookie := range []string{"", "stayput=", "stayput=abc", "stayput=" + strings.Repeat("a", 43), "stayput=' OR 1=1 --"} {
			r, err := http.NewRequest(http.MethodGet, a.b.Base+path, nil)
			if err != nil {
				return "", err
			}
			if cookie != "" {
				r.Header.Set("Cookie", cookie)
			}
			resp, err := client.Do(r)
			if err != nil {
				return "", err
			}
			body, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			if resp.StatusCode < 400 && resp.StatusCode != http.StatusMovedPermanently && resp.StatusCode != http.StatusTemporaryRedirect && resp.StatusCode != http.StatusPermanentRedirect || resp.StatusCode >= 500 || bytes.Contains(body, []byte("Sample")) {
				return "", fmt.Errorf("%s with %.20q was answered with %d", path, cookie, resp.StatusCode)
			}
			n++
		}
	}
	return fmt.Sprintf("%d refused", n), nil
}

// replays sends forms again.
func (a *attacker) replays() (string, error) {
	v := trouble.EntryForm(trouble.NewName(), "Said once.")
	for range 5 {
		if got, err := a.add(v); err != nil || got.Status != http.StatusSeeOther {
			return "", fmt.Errorf("the same form again: %v %v", got, err)
		}
	}
	v.Set("words", "Said otherwise.")
	if got, err := a.add(v); err != nil || got.Status != http.StatusConflict {
		return "", fmt.Errorf("the same form with other words was answered with %d: %v", got.Status, err)
	}
	for _, name := range []string{"short", strings.Repeat("a", 17), "ABCDEFGHIJKLMNOP", "../../../../aaaa", "aaaaaaaaaaaaaaa\x00"} {
		v.Set("name", name)
		if err := refused(a.add(v)); err != nil {
			return "", fmt.Errorf("the name %q: %w", name, err)
		}
	}
	got, err := a.b.Get(a.p.Link[len(a.p.URL):])
	if err != nil || got.Status >= 500 {
		return "", fmt.Errorf("the one-time link again: %v", err)
	}
	other, err := trouble.Enter(a.p.URL, a.p.Link)
	if err == nil {
		other.Close()
		return "", fmt.Errorf("the one-time link let somebody else in")
	}
	return "the same form six times stands once, with other words it is told; a used link lets nobody in", nil
}

// paths asks for what lies outside.
func (a *attacker) paths() (string, error) {
	n := 0
	id := strings.TrimPrefix(a.home, "/cases/")
	for _, path := range []string{
		"/static/../template/base.html", "/static/..%2f..%2fetc%2fpasswd", "/static/%2e%2e/stayput.db", "/static/....//stayput.db", "/static/stayput.css/..",
		"/cases/..%2f..", "/cases/%00", "/cases/" + strings.Repeat("a", 5000), "/cases/" + id + "/files/..%2f..%2fstayput.db", "/cases/" + id + "/files/" + strings.Repeat("0", 64),
		"/cases/" + id + "/record/..%2f..", "/cases/" + id + "/record/%27%20OR%201=1", "//evil.example/cases", "/\\evil.example", "/drafts/..%2f..%2fx", "/law/rules/..%2f..%2fgo.mod",
		"/help/..%2f..%2fgo.mod", "/calendars/..%2f..%2fetc%2fpasswd", "/calendars/%2e%2e%2fstayput.db/file", "/import/template/..%2f..%2fgo.mod", "/cases/" + id + "/export/..%2fx", "/cases/" + id + "/cards/..%2fx",
		"/start/..%2f..", "/cases/" + id + "/clocks/..%2f../x", "/%c0%ae%c0%ae/", "/record/new?case=..%2f..%2f..%2fevil",
	} {
		status, err := a.say("GET " + path + " HTTP/1.1\r\nHost: " + a.host() + "\r\nCookie: " + a.cookie() + "\r\nConnection: close\r\n\r\n")
		if err != nil {
			return "", err
		}
		if status == http.StatusOK || status >= 500 {
			return "", fmt.Errorf("%.80s was answered with %d", path, status)
		}
		n++
	}
	return fmt.Sprintf("%d lead nowhere", n), nil
}

// names sends files whose names mean something to a file system.
func (a *attacker) names() (string, error) {
	n := 0
	for i, name := range []string{"../../../../etc/cron.d/x", `..\..\windows\x.dll`, "/etc/passwd", "C:\\x.txt", ".htaccess", "con.txt", "a\u202egpj.exe", strings.Repeat("n", 5000) + ".txt", "a\"; filename=\"b.html", "a%00b.txt", "x;y=z.txt", "..", "name\twith\ttabs.txt", "nombre con eñes.pdf"} {
		data := []byte(fmt.Sprintf("file %d", i))
		got, err := a.add(trouble.EntryForm(trouble.NewName(), fmt.Sprintf("With a file, number %d.", i)), trouble.File{Field: "files", Name: name, Type: "text/plain", Data: data})
		if err != nil {
			return "", err
		}
		if got.Status != http.StatusSeeOther {
			if err := refused(got, nil); err != nil {
				return "", fmt.Errorf("%.40q: %w", name, err)
			}
			n++
			continue
		}
		sum := sha256.Sum256(data)
		file, err := a.b.Get(a.home + "/files/" + hex.EncodeToString(sum[:]))
		if err != nil || file.Status != http.StatusOK || file.Body != string(data) {
			return "", fmt.Errorf("%.40q: the file is answered with %d: %v", name, file.Status, err)
		}
		if d := file.Header.Get("Content-Disposition"); d != "" {
			_, p, err := mime.ParseMediaType(d)
			if err != nil {
				return "", fmt.Errorf("%.40q: %q: %w", name, d, err)
			}
			if f := p["filename"]; strings.ContainsAny(f, "/\\\x00\"\r\n\u202e") || strings.HasPrefix(f, "..") || len(f) > 800 {
				return "", fmt.Errorf("%.40q is offered as %.60q", name, f)
			}
		}
		n++
	}
	return fmt.Sprintf("%d names were made harmless or refused", n), nil
}

var runs = regexp.MustCompile(`^(text/html|image/svg\+xml|application/xhtml\+xml|text/xml|application/xml|text/javascript|application/javascript|application/pdf|text/css)`)

// scripts sends pages dressed as other things and looks at how they come back.
func (a *attacker) scripts() (string, error) {
	page := "<!doctype html><script>alert(1)</script>"
	svg := `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	n := 0
	for i, f := range []trouble.File{
		{Name: "page.html", Type: "text/html", Data: []byte(page)},
		{Name: "picture.svg", Type: "image/svg+xml", Data: []byte(svg)},
		{Name: "picture.png", Type: "image/png", Data: []byte(page)},
		{Name: "picture.jpg", Type: "image/jpeg", Data: []byte(svg)},
		{Name: "paper.pdf", Type: "application/pdf", Data: []byte(page)},
		{Name: "notes.txt", Type: "text/plain", Data: []byte(page)},
		{Name: "run.js", Type: "text/javascript", Data: []byte("alert(1)")},
		{Name: "page.xhtml", Type: "application/xhtml+xml", Data: []byte(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>`)},
		{Name: "real.gif", Type: "text/html", Data: []byte("GIF89a/*" + page + "*/=1;alert(1)")},
		{Name: "no type", Type: "", Data: []byte(page)},
		{Name: "odd", Type: "text/html; charset=\"\r\nX: y\"", Data: []byte(page)},
	} {
		f.Field, f.Data = "files", append(f.Data, byte('0'+i))
		got, err := a.add(trouble.EntryForm(trouble.NewName(), fmt.Sprintf("With a strange file, number %d.", i)), f)
		if err != nil {
			return "", err
		}
		if got.Status != http.StatusSeeOther {
			if err := refused(got, nil); err != nil {
				return "", fmt.Errorf("%s: %w", f.Name, err)
			}
			n++
			continue
		}
		sum := sha256.Sum256(f.Data)
		file, err := a.b.Get(a.home + "/files/" + hex.EncodeToString(sum[:]))
		if err != nil || file.Status != http.StatusOK {
			return "", fmt.Errorf("%s: the file is answered with %d: %v", f.Name, file.Status, err)
		}
		h := file.Header
		if h.Get("X-Content-Type-Options") != "nosniff" {
			return "", fmt.Errorf("%s: a browser may guess its type", f.Name)
		}
		policy := h.Get("Content-Security-Policy")
		apart := strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || strings.Contains(policy, "sandbox") && !strings.Contains(policy, "allow-scripts")
		if runs.MatchString(h.Get("Content-Type")) && !apart {
			return "", fmt.Errorf("%s comes back as %s, to be shown (%s; %s)", f.Name, h.Get("Content-Type"), h.Get("Content-Disposition"), policy)
		}
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-inline") {
			return "", fmt.Errorf("%s comes back with the policy %q", f.Name, policy)
		}
		n++
	}
	return fmt.Sprintf("%d came back so that nothing runs", n), nil
}

// markup writes words that would be markup, and looks for them on the pages.
func (a *attacker) markup() (string, error) {
	words := `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}</textarea>&lt;`
	v := trouble.EntryForm(trouble.NewName(), words)
	v.Set("with", words)
	v.Set("by", words)
	got, err := a.add(v)
	if err != nil || got.Status != http.StatusSeeOther {
		return "", fmt.Errorf("%v %v", got, err)
	}
	for _, path := range []string{a.home, a.home + "/record", a.home + "/record/" + v.Get("name"), a.home + "/record/" + v.Get("name") + "/correct", "/", "/search?q=" + url.QueryEscape(words), a.home + "/record?q=" + url.QueryEscape(words), a.home + "/add?any=1&kind=" + url.QueryEscape(words) + "&on=" + url.QueryEscape(words), "/law/glossary?q=" + url.QueryEscape(words), "/law/rules?q=" + url.QueryEscape(words), "/nothing/" + url.PathEscape(words)} {
		page, err := a.b.Get(path)
		if err != nil || page.Status >= 500 {
			return "", fmt.Errorf("%s: %v", path, err)
		}
		for _, bad := range []string{"<script>alert", "<img src=x", "\"><script"} {
			if strings.Contains(page.Body, bad) {
				return "", fmt.Errorf("%s holds %s", path, bad)
			}
		}
	}
	return "words stay words on eleven pages", nil
}

// zeros is an archive of files of so many megabytes of nothing.
func zeros(files, megabytes int, name string) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	block := make([]byte, 1<<20)
	for i := range files {
		f, err := w.Create(fmt.Sprintf(name, i))
		if err != nil {
			return nil, err
		}
		for range megabytes {
			if _, err := f.Write(block); err != nil {
				return nil, err
			}
		}
	}
	return b.Bytes(), w.Close()
}

// sheet is a workbook of one sheet with what is given as its XML.
func workbook(xml func(io.Writer)) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range []struct{ name, text string }{
		{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
	} {
		p, err := w.Create(f.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(p, f.text); err != nil {
			return nil, err
		}
	}
	p, err := w.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	xml(p)
	err = w.Close()
	return b.Bytes(), err
}

var fileField = regexp.MustCompile(`<input\b[^>]*type="file"[^>]*>`)

// bombs sends archives that are small and hold gigabytes, wherever a file is
// taken in.
func (a *attacker) bombs() (string, error) {
	size, rows := 1024, 3_000_000
	if a.short {
		size, rows = 300, 200_000
	}
	one, err := zeros(1, size, "case%d.yaml")
	if err != nil {
		return "", err
	}
	many, err := zeros(20_000, 0, "calendars/%d.yaml")
	if err != nil {
		return "", err
	}
	climbing, err := zeros(3, 1, "../../../../tmp/stayput-evil-%d.yaml")
	if err != nil {
		return "", err
	}
	tall, err := workbook(func(w io.Writer) {
		_, _ = io.WriteString(w, `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
		for i := range rows {
			fmt.Fprintf(w, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>a</t></is></c></row>`, i+1, i+1)
		}
		_, _ = io.WriteString(w, `</sheetData></worksheet>`)
	})
	if err != nil {
		return "", err
	}
	laugh, err := workbook(func(w io.Writer) {
		_, _ = io.WriteString(w, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>`)
	})
	if err != nil {
		return "", err
	}
	anchors := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n"
	files := []trouble.File{
		{Name: "case.zip", Type: "application/zip", Data: one}, {Name: "many.zip", Type: "application/zip", Data: many},
		{Name: "climb.zip", Type: "application/zip", Data: climbing}, {Name: "cases.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: tall},
		{Name: "laugh.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: laugh}, {Name: "swell.xlsx", Type: "application/zip", Data: one},
		{Name: "laugh.yaml", Type: "application/yaml", Data: []byte(anchors)}, {Name: "deep.yaml", Type: "application/yaml", Data: []byte(strings.Repeat("[", 200_000))},
		{Name: "deep.json", Type: "application/json", Data: []byte(strings.Repeat(`{"a":`, 200_000))}, {Name: "wide.csv", Type: "text/csv", Data: []byte(strings.Repeat("a,", 2_000_000))},
		{Name: "tall.csv", Type: "text/csv", Data: []byte("child,state\n" + strings.Repeat("a,us-ca\n", 500_000))}, {Name: "quote.csv", Type: "text/csv", Data: []byte("child\n\"" + strings.Repeat("a\n", 2_000_000))},
		{Name: "half.zip", Type: "application/zip", Data: one[:len(one)/2]}, {Name: "empty.zip", Type: "application/zip", Data: nil},
		{Name: "long.ics", Type: "text/calendar", Data: []byte("BEGIN:VCALENDAR\r\n" + strings.Repeat("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=DAILY;COUNT=1000000\r\nSUMMARY:x\r\nEND:VEVENT\r\n", 5000) + "END:VCALENDAR\r\n")},
	}
	n, forms := 0, 0
	for _, path := range []string{"/import", "/import/sheet", "/calendars/import", "/verify"} {
		page, err := a.b.Get(path)
		if err != nil {
			return "", err
		}
		field := fileField.FindString(page.Body)
		if page.Status != http.StatusOK || field == "" {
			continue
		}
		forms++
		name := regexp.MustCompile(`name="([^"]*)"`).FindStringSubmatch(field)
		if name == nil {
			return "", fmt.Errorf("%s: its field has no name", path)
		}
		for _, f := range files {
			f.Field = name[1]
			got, err := a.b.PostParts(context.Background(), path, trouble.Hidden(page.Body), f)
			if err == nil && got.Status >= 500 {
				return "", fmt.Errorf("%s to %s was answered with %d", f.Name, path, got.Status)
			}
			if !a.p.Running() {
				return "", fmt.Errorf("%s to %s ended the program: %s", f.Name, path, a.p.Log())
			}
			if _, most, err := a.p.Memory(); err == nil && most > mostMemory {
				return "", fmt.Errorf("%s to %s: the program held %d MB", f.Name, path, most>>20)
			}
			n++
		}
	}
	return fmt.Sprintf("%d files to %d forms", n, forms), nil
}
