package web

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
)

// settingsCopy gives a complete copy of the data as a file to keep elsewhere.
func (s *Site) settingsCopy(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "stayput-copy-*")
	if err != nil {
		return unavailable(err)
	}
	defer os.RemoveAll(dir)
	name := "stayput-" + s.now().Format("2006-01-02-150405") + ".db"
	path := filepath.Join(dir, name)
	if err := s.desk.Copy(r.Context(), who(r), path); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return unavailable(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return unavailable(err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.sqlite3")
	h.Set("Content-Length", strconv.FormatInt(st.Size(), 10))
	h.Set("Content-Disposition", disposition("attachment", name))
	h.Set("Cache-Control", "private, no-store")
	_, err = io.Copy(w, f)
	if err != nil {
		return nil // the person left
	}
	return nil
}
