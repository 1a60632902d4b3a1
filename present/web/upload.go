package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
	"unicode/utf8"
)

// How much a form with files may bring.
const (
	fileLimit   = 50 << 20
	mostFiles   = 20
	uploadLimit = 200 << 20
	uploadTime  = 10 * time.Minute
)

// An Upload is one file, held in a temporary file until it is closed.
type Upload struct {
	Field string // of the form
	Name  string // as the sender calls it, without any folder
	Size  int64
	file  *os.File
}

// Open gives the bytes from the start.
func (u *Upload) Open() (io.Reader, error) {
	if _, err := u.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return u.file, nil
}

// Close drops the temporary files. Whoever calls uploads must call it.
func (f *Form) Close() {
	for i := range f.Files {
		u := f.Files[i].file
		u.Close()
		os.Remove(u.Name())
	}
	f.Files = nil
}

// uploads reads a form with files. Each file goes straight to the disk; one that
// is too large is refused as soon as that is known.
func (s *Site) uploads(w http.ResponseWriter, r *http.Request) (f *Form, err error) {
	// Of several forms of one page, those without a file come as any other form does.
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/x-www-form-urlencoded" {
		return s.form(w, r)
	}
	s.hurry(w, uploadTime)
	r.Body = http.MaxBytesReader(w, r.Body, uploadLimit)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, unreadable(err)
	}
	f = &Form{}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	values, room := url.Values{}, int64(formLimit)
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, unreadable(err)
		}
		if p.FileName() == "" {
			text, err := io.ReadAll(io.LimitReader(p, room+1))
			if err != nil {
				return f, unreadable(err)
			}
			if room -= int64(len(text)); room < 0 {
				return f, refuse(http.StatusRequestEntityTooLarge, "web.error.too_large")
			}
			values.Add(p.FormName(), string(text))
			continue
		}
		if err := f.take(p); err != nil {
			return f, err
		}
	}
	c, err := cleaned(values)
	if err != nil {
		return f, err
	}
	f.values = c.values
	return f, nil
}

// take keeps one file. An empty file field is no file.
func (f *Form) take(p *multipart.Part) error {
	if len(f.Files) == mostFiles {
		return refuse(http.StatusRequestEntityTooLarge, "web.error.too_many_files")
	}
	tmp, err := os.CreateTemp("", "stayput-*")
	if err != nil {
		return unavailable(err)
	}
	// Nameless from the start where the system allows it, so that nothing of a
	// child's papers is left behind when the program is killed.
	os.Remove(tmp.Name())
	f.Files = append(f.Files, Upload{Field: p.FormName(), Name: fileName(p.FileName()), file: tmp})
	u := &f.Files[len(f.Files)-1]
	if u.Size, err = io.Copy(tmp, io.LimitReader(p, fileLimit+1)); err != nil {
		if os.IsNotExist(err) || errors.Is(err, os.ErrClosed) || isDisk(err) {
			return unavailable(err)
		}
		return unreadable(err)
	}
	if u.Size > fileLimit {
		return refuse(http.StatusRequestEntityTooLarge, "web.error.file_too_large", "name", u.Name)
	}
	return nil
}

// isDisk reports that writing the temporary file failed, not reading the body.
func isDisk(err error) bool {
	var p *os.PathError
	return errors.As(err, &p)
}

// fileName is the last part of a name, in letters that mean nothing to any file
// system.
func fileName(s string) string {
	s = path.Base(strings.ReplaceAll(clean(s), `\`, "/"))
	s = strings.Map(func(c rune) rune {
		if strings.ContainsRune("/:*?\"<>|\n\t\x00", c) {
			return '_'
		}
		return c
	}, s)
	s = strings.TrimLeft(strings.TrimSpace(s), ".")
	for utf8.RuneCountInString(s) > 200 {
		s = s[1:]
		s = strings.ToValidUTF8(s, "")
	}
	if s == "" {
		return "file"
	}
	return s
}
