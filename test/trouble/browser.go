package trouble

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// A Browser speaks to the program as a browser does: with the cookie it was
// given, and with the origin of the page it is on.
type Browser struct {
	Base   string
	Client *http.Client
}

// Enter opens the one-time link of a program.
func (p *Program) Enter() (*Browser, error) { return Enter(p.URL, p.Link) }

// Enter opens a one-time link.
func Enter(base, link string) (*Browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	b := &Browser{Base: base, Client: &http.Client{
		Jar: jar, Timeout: 2 * time.Minute,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	a, err := b.Get(strings.TrimPrefix(link, base))
	if err != nil {
		return nil, err
	}
	if a.Status != http.StatusSeeOther {
		return nil, fmt.Errorf("the one-time link was answered with %d", a.Status)
	}
	return b, nil
}

// At is the same browser at a program that was started again elsewhere: it keeps
// its cookies.
func (b *Browser) At(base string) *Browser {
	old, _ := url.Parse(b.Base)
	now, _ := url.Parse(base)
	b.Client.Jar.SetCookies(now, b.Client.Jar.Cookies(old))
	return &Browser{Base: base, Client: b.Client}
}

// Close gives the connections back.
func (b *Browser) Close() { b.Client.CloseIdleConnections() }

// An Answer is what came back, read to its end.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Do sends a request.
func (b *Browser) Do(r *http.Request) (*Answer, error) {
	if r.Method != http.MethodGet && r.Header.Get("Origin") == "" {
		r.Header.Set("Origin", b.Base)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	resp, err := b.Client.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 64<<20))
	if err != nil {
		return nil, err
	}
	return &Answer{resp.StatusCode, resp.Header, string(body)}, nil
}

// Get asks for a page and does not follow where it leads.
func (b *Browser) Get(path string) (*Answer, error) {
	r, err := http.NewRequest(http.MethodGet, b.Base+path, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Language", "en")
	return b.Do(r)
}

// Post sends a plain form.
func (b *Browser) Post(path string, v url.Values) (*Answer, error) {
	r, err := http.NewRequest(http.MethodPost, b.Base+path, strings.NewReader(v.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.Do(r)
}

// A File is one file of a form.
type File struct {
	Field, Name, Type string
	Data              []byte
}

// PostParts sends a form with files.
func (b *Browser) PostParts(ctx context.Context, path string, v url.Values, files ...File) (*Answer, error) {
	body, kind, err := Parts(v, files...)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.Base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", kind)
	return b.Do(r)
}

// Parts is the body of a form with files, and its type.
func Parts(v url.Values, files ...File) (body []byte, kind string, err error) {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for name, all := range v {
		for _, x := range all {
			if err := w.WriteField(name, x); err != nil {
				return nil, "", err
			}
		}
	}
	for _, f := range files {
		h := map[string][]string{
			"Content-Disposition": {fmt.Sprintf(`form-data; name=%q; filename=%q`, f.Field, f.Name)},
			"Content-Type":        {f.Type},
		}
		p, err := w.CreatePart(h)
		if err != nil {
			return nil, "", err
		}
		if _, err := p.Write(f.Data); err != nil {
			return nil, "", err
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return buf.Bytes(), w.FormDataContentType(), nil
}

var (
	inputTag  = regexp.MustCompile(`<input\b[^>]*>`)
	attribute = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
)

// Hidden are the hidden fields of a page's forms, by name.
func Hidden(page string) url.Values {
	v := url.Values{}
	for _, tag := range inputTag.FindAllString(page, -1) {
		a := map[string]string{}
		for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
			a[m[1]] = html.UnescapeString(m[2])
		}
		if a["type"] == "hidden" && a["name"] != "" {
			v.Set(a["name"], a["value"])
		}
	}
	return v
}

var hrefs = regexp.MustCompile(`href="(/[^"#]*)"`)

// Links are the links of a page to other pages of the program.
func Links(page string) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range hrefs.FindAllStringSubmatch(page, -1) {
		if l := html.UnescapeString(m[1]); !seen[l] {
			seen[l] = true
			out = append(out, l)
		}
	}
	return out
}

// OpenCase opens a case as a person does on the first run: the first door, its
// first choice, the form. It gives the path of the case.
func (b *Browser) OpenCase(child string) (string, error) {
	path := "/start"
	for range 2 {
		a, err := b.Get(path)
		if err != nil {
			return "", err
		}
		next := ""
		for _, l := range Links(a.Body) {
			if strings.HasPrefix(l, path+"/") {
				next = l
				break
			}
		}
		if a.Status != http.StatusOK || next == "" {
			return "", fmt.Errorf("%s leads nowhere (status %d)", path, a.Status)
		}
		path = next
	}
	a, err := b.Get(path)
	if err != nil {
		return "", err
	}
	v := Hidden(a.Body)
	if v.Get("name") == "" {
		return "", errors.New("the form of the first run carries no name")
	}
	v.Set("child", child)
	v.Set("state", "us-ca")
	v.Set("exact", "day")
	v.Set("on", time.Now().AddDate(0, 0, -3).Format("2006-01-02"))
	v.Set("words", "How it began for "+child)
	if a, err = b.Post(path, v); err != nil {
		return "", err
	}
	to := a.Header.Get("Location")
	if a.Status != http.StatusSeeOther || !strings.HasPrefix(to, "/cases/") {
		return "", fmt.Errorf("the first case was answered with %d\n%s", a.Status, Plain(a.Body))
	}
	return to, nil
}

// EntryForm is what a person puts into the form of a telephone call.
func EntryForm(name, words string) url.Values {
	return url.Values{"name": {name}, "kind": {"contact"}, "means": {"phone"}, "outcome": {"reached"}, "exact": {"day"},
		"on": {time.Now().AddDate(0, 0, -1).Format("2006-01-02")}, "words": {words}}
}

// NewName is a name as a form of the program carries one.
func NewName() string {
	var b [10]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

var (
	mainPart = regexp.MustCompile(`(?s)<main\b.*?</main>`)
	anyTag   = regexp.MustCompile(`(?s)<[^>]*>`)
	spaces   = regexp.MustCompile(`\s+`)
)

// Plain is what a person reads of a page, on one line.
func Plain(page string) string {
	if m := mainPart.FindString(page); m != "" {
		page = m
	}
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(anyTag.ReplaceAllString(page, " ")), " "))
}
