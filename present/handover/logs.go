package handover

import (
	"bytes"
	"io/fs"
	"path"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/intake/progressfile"
	"stayput/intake/servicelog"
)

// logs reads the service and progress logs that a case names, with what stands in
// the case file itself. One that did not come along is missing, as any file; one
// with a row that cannot be read refuses the case, because nothing is taken in half.
func (p *Parcel) logs(c *Case, dir string) {
	services, bad1 := servicelog.FromNode(c.File.Delivery)
	probes, bad2 := progressfile.FromNode(c.File.Progress)
	if p.refused(c, bad1) || p.refused(c, bad2) || services.Log == "" && probes.Log == "" {
		return
	}
	came := beside{}
	missing := false
	for _, name := range []string{services.Log, probes.Log} {
		if name == "" {
			continue
		}
		t := p.find(dir, name)
		if t != nil && p.shared(c, dir, name) {
			p.refused(c, fault.New(fault.Invalid, fault.Position{File: c.Part.Path}, "handover.log_shared", "name", name))
			return
		}
		c.Files = append(c.Files, NamedFile{Name: name, log: true})
		if t == nil || t.Size > MostCase {
			missing = true
			continue
		}
		data, err := p.bytes(t)
		if err != nil {
			missing = true
			continue
		}
		t.used = true
		c.Files[len(c.Files)-1].Part = t
		came[path.Clean(name)] = data
	}
	if missing {
		return // the case opens, still naming the log; the page says that it is missing
	}
	kept, bad1 := servicelog.Load(came, "case", c.File.Delivery)
	log, bad2 := progressfile.Load(came, "case", c.File.Progress)
	if p.refused(c, bad1) || p.refused(c, bad2) {
		return
	}
	c.Log = &desk.NewLog{Sessions: kept.Logs, Probes: log.Probes, Sightings: log.Sightings}
}

// shared reports that another case of the same folder names the same log: whose
// sessions they are cannot be told.
func (p *Parcel) shared(c *Case, dir, name string) bool {
	for _, o := range p.Cases {
		if o == c || o.File == nil || path.Dir(o.Part.Path) != dir {
			continue
		}
		services, _ := servicelog.FromNode(o.File.Delivery)
		probes, _ := progressfile.FromNode(o.File.Progress)
		for _, log := range []string{services.Log, probes.Log} {
			if log != "" && path.Clean(log) == path.Clean(name) {
				return true
			}
		}
	}
	return false
}

// refused notes why a case cannot be taken, with the line itself where it stands in
// the case file.
func (p *Parcel) refused(c *Case, err error) bool {
	if err == nil {
		return false
	}
	data, _ := p.bytes(c.Part)
	for _, e := range fault.All(err) {
		line := ""
		if e.At.File == "" || e.At.File == c.Part.Path {
			line = LineOf(data, e.At.Line)
		}
		c.Problems = append(c.Problems, Problem{e, line})
	}
	c.File = nil
	return true
}

// beside are the files that lie beside a case, by name.
type beside map[string][]byte

// Open is that of fs.FS.
func (b beside) Open(name string) (fs.File, error) {
	data, ok := b[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return besideFile{bytes.NewReader(data), int64(len(data)), name}, nil
}

type besideFile struct {
	*bytes.Reader
	size int64
	name string
}

func (f besideFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f besideFile) Close() error               { return nil }
func (f besideFile) Name() string               { return path.Base(f.name) }
func (f besideFile) Size() int64                { return f.size }
func (f besideFile) Mode() fs.FileMode          { return 0o444 }
func (f besideFile) ModTime() time.Time         { return time.Time{} }
func (f besideFile) IsDir() bool                { return false }
func (f besideFile) Sys() any                   { return nil }
