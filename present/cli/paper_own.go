package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stayput/fault"
	"stayput/locale"
	"stayput/paper"
)

// openPaper reads a paper of somebody's own. Everything wrong in it is told.
func openPaper(path string) (*paper.Paper, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadableFile(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, paper.MostBytes+1)) // one more, so that what is too large is told
	if err != nil {
		return nil, unreadableFile(path, err)
	}
	return paper.Read(path, data)
}

func unreadableFile(path string, err error) error {
	key := "letter.command.unread"
	if errors.Is(err, fs.ErrNotExist) {
		key = "letter.command.no_file"
	}
	return fault.New(fault.Invalid, fault.Position{File: path}, key).Wrap(err)
}

// paperShelf is the built-in papers, with those of a folder over them; "" is no folder.
func paperShelf(dir string) (*paper.Shelf, error) {
	if dir == "" {
		return nil, nil
	}
	all, err := os.ReadDir(dir)
	if err != nil {
		return nil, unreadableFile(dir, err)
	}
	var out paper.Shelf
	var wrong fault.List
	for _, e := range all {
		if ext := filepath.Ext(e.Name()); e.IsDir() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		path := filepath.Join(dir, e.Name())
		p, err := openPaper(path)
		switch {
		case err != nil:
			wrong = append(wrong, fault.All(err)...)
		case out.Own(p.ID) != nil:
			wrong = append(wrong, fault.New(fault.Invalid, p.At, "letter.command.twice", "paper", p.ID))
		default:
			out.Put(p)
		}
	}
	return &out, wrong.Or()
}

// checkPapers reads papers and tells what is wrong in each.
func checkPapers(w io.Writer, cat *locale.Catalog, files []string) error {
	files = slices.DeleteFunc(files, func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(files) == 0 {
		return fault.New(fault.Invalid, fault.Position{File: "stayput paper --check"}, "letter.command.no_papers")
	}
	var wrong fault.List
	for _, path := range files {
		p, err := openPaper(path)
		if err != nil {
			wrong = append(wrong, fault.All(err)...)
			continue
		}
		if _, err := fmt.Fprintln(w, cat.T("letter.command.fine", "file", path, "title", p.Title[cat.Lang()])); err != nil {
			return unwritable("", err)
		}
	}
	return wrong.Or()
}
