package web

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
	"stayput/present/bundle"
	"stayput/present/handover"
)

// leaveTake gives everything that an owner has here as one file: each case with
// its files, each case as evidence with its seals, the access log and the key.
func (s *Site) leaveTake(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	taken, err := s.desk.TakeAlong(r.Context(), who(r))
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp("", "stayput-all-*")
	if err != nil {
		return noRoom(err)
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	if err := s.everything(r, tmp); err != nil {
		return noRoom(err)
	}
	size, err := tmp.Seek(0, io.SeekCurrent)
	if err != nil {
		return noRoom(err)
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return noRoom(err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	h.Set("Content-Disposition", disposition("attachment", "stayput-everything-"+s.today().String()+".zip"))
	w.WriteHeader(http.StatusOK)
	if n, err := io.Copy(w, tmp); err != nil || n != size {
		return nil // the person left before it was whole: it was not taken
	}
	if err := taken(); err != nil {
		s.log.Warn("that everything was taken along could not be noted", "type", fmt.Sprintf("%T", err))
	}
	return nil
}

func noRoom(err error) error {
	var full *os.PathError
	if errors.As(err, &full) {
		return fault.New(fault.Unavailable, fault.Position{}, "handover.no_room").Wrap(err)
	}
	return err
}

// everything writes the whole of a space, within the walls that its owner sees.
func (s *Site) everything(r *http.Request, w io.Writer) error {
	ctx, me := r.Context(), who(r)
	folders, err := s.desk.CaseTitles(ctx, me)
	if err != nil {
		return err
	}
	space, err := s.desk.Space(ctx, me)
	if err != nil {
		return err
	}
	f := s.wordsOf(r)
	z := zip.NewWriter(w)
	put := func(name string, write func(io.Writer) error) error {
		out, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: s.now()})
		if err != nil {
			return err
		}
		return write(out)
	}
	text := func(t string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, t); return err }
	}
	if err := put("README.txt", text(f.T("records.all_readme")+"\n")); err != nil {
		return err
	}
	if err := put("key.txt", text(space.Public+"\n")); err != nil {
		return err
	}
	for i, c := range folders {
		at := fmt.Sprintf("%02d %s/", i+1, bundle.Name(caseTitle(f.cat, c)))
		var all, evidence []fact.Wall
		for _, x := range handover.Walls {
			if !s.desk.MayWall(me, c.ID, x) {
				continue
			}
			all = append(all, x)
			if x != fact.Mediation && holdsWall(c, x) {
				evidence = append(evidence, x)
			}
		}
		err := put(at+"case.zip", func(w io.Writer) error {
			return handover.Write(ctx, s.desk, me, c.ID, handover.Zip, handover.Options{Walls: all, Lang: f.Lang}, w)
		})
		if err != nil {
			return err
		}
		err = put(at+"evidence.zip", func(w io.Writer) error {
			return handover.Write(ctx, s.desk, me, c.ID, handover.Bundle, handover.Options{Walls: evidence, Lang: f.Lang}, w)
		})
		if err != nil {
			return err
		}
		if err := s.desk.Give(ctx, me, people.CaseID(c.ID), desk.Given{What: "all"}); err != nil {
			return err
		}
	}
	table, err := s.accessCSV(r, desk.AccessFilter{})
	if err != nil {
		return err
	}
	if err := put("access.csv", func(w io.Writer) error { _, err := w.Write(table); return err }); err != nil {
		return err
	}
	return z.Close()
}

func holdsWall(c *desk.Folder, w fact.Wall) bool {
	for i := range c.File.Entries {
		if c.File.Entries[i].Wall == w {
			return true
		}
	}
	return false
}
