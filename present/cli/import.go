package cli

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strconv"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/present/handover"
)

type importCmd struct {
	Files []string `arg:"" help:"Case files with the calendars and papers beside them, or zips of case folders." type:"path"`
	Data  string   `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

// Run opens the cases of some files. A file that cannot be read is said, and then
// nothing is opened.
func (c *importCmd) Run(env *Env, all *commands) error {
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	parcel, err := handover.NewParcel()
	if err != nil {
		return err
	}
	defer parcel.Close()
	// Each file of several lies in a folder of its own, so that what one case names is
	// never taken for what another one names.
	from := map[string]string{}
	for i, name := range c.Files {
		as := filepath.Base(name)
		if len(c.Files) > 1 {
			as = strconv.Itoa(i+1) + "/" + as
		}
		from[handover.CleanPath(as)] = filepath.Dir(name)
		if err := addFile(parcel, name, as); err != nil {
			return err
		}
	}
	parcel.Look(nil)
	// What a case names lies beside it.
	for _, k := range parcel.Cases {
		if err := fetch(parcel, k, from[k.Part.Path]); err != nil {
			return err
		}
	}
	log := slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return writeDesk(env, all, folder, log, func(d *desk.Desk) error {
		who, err := d.Begin(env.context(), desk.SetUp{Kind: people.Household, Lang: all.Lang})
		if err != nil {
			return err
		}
		return openParcel(env, all, d, who, parcel)
	})
}

// addFile puts a file of the disk into a parcel.
func addFile(p *handover.Parcel, name, as string) error {
	at := fault.Position{File: name}
	info, err := os.Stat(name)
	if err != nil {
		key := "file.unreadable"
		if os.IsNotExist(err) {
			key = "file.missing"
		}
		return fault.New(fault.Invalid, at, key).Wrap(err)
	}
	if !info.Mode().IsRegular() {
		return fault.New(fault.Invalid, at, "cli.import_plain")
	}
	f, err := os.Open(name)
	if err != nil {
		return fault.New(fault.Invalid, at, "file.unreadable").Wrap(err)
	}
	defer f.Close()
	return p.Add(as, f, info.Size())
}

// fetch adds the calendars, logs and papers that a case of the command line names
// and that lie beside it, in dir.
func fetch(p *handover.Parcel, k *handover.Case, dir string) error {
	if k.File == nil || k.Part.InZip {
		return nil
	}
	var names []string
	for _, x := range k.Calendars {
		if x.State == handover.Missing {
			names = append(names, x.Name)
		}
	}
	for _, x := range k.Files {
		if x.Part == nil {
			names = append(names, x.Name)
		}
	}
	for _, name := range names {
		local := filepath.FromSlash(name)
		if !filepath.IsLocal(local) { // a case cannot name what lies elsewhere
			continue
		}
		file, as := filepath.Join(dir, local), path.Join(path.Dir(k.Part.Path), name)
		if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() || p.Part(handover.CleanPath(as)) != nil {
			continue
		}
		if err := addFile(p, file, as); err != nil {
			return err
		}
	}
	return nil
}

// openParcel opens every case of a parcel, and says so.
func openParcel(env *Env, all *commands, d *desk.Desk, who desk.Who, parcel *handover.Parcel) error {
	kept, err := d.Calendars(env.context(), who)
	if err != nil {
		return err
	}
	parcel.Look(kept)
	cat := words(all.Lang)
	var bad fault.List
	type row struct {
		Title string `json:"title"`
		State string `json:"state"`
	}
	report := struct {
		File string `json:"file"`
		Rows []row  `json:"rows"`
	}{}
	for _, k := range parcel.Cases {
		for _, x := range k.Problems {
			bad = append(bad, x.Error)
		}
		report.File = k.Part.Path
		report.Rows = append(report.Rows, row{k.Part.Path, "opened"})
	}
	if err := bad.Or(); err != nil {
		return err
	}
	say(env.Stderr, all.Lang, parcel.Notices.Or())
	switch len(parcel.Cases) {
	case 0:
		return fault.New(fault.Invalid, fault.Position{File: "FILE"}, "webmore.import_no_case")
	case 1:
		id, err := parcel.OpenOne(env.context(), d, who, parcel.Cases[0])
		if err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, cat.T("cli.imported", "case", string(id), "title", titleOf(parcel.Cases[0])))
	default:
		data, err := json.Marshal(report)
		if err != nil {
			return err
		}
		if err := parcel.OpenAll(env.context(), d, who, desk.NewName(), cat.N("webmore.import_cases", len(parcel.Cases)), data, parcel.Cases); err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, cat.N("cli.imported_many", len(parcel.Cases)))
	}
	for _, k := range parcel.Cases {
		for _, x := range k.Calendars {
			if x.State == handover.Missing || x.State == handover.Unread {
				fmt.Fprintf(env.Stderr, "%s: %s: %s\n", k.Part.Path, x.Name, cat.T("webmore.import_calendar_"+x.State))
			}
		}
		for _, x := range k.Files {
			if x.Part == nil {
				fmt.Fprintf(env.Stderr, "%s: %s: %s\n", k.Part.Path, x.Name, cat.T("webmore.import_file_missing"))
			}
		}
	}
	return nil
}

func titleOf(k *handover.Case) string {
	for _, s := range []string{k.File.Case.Title, k.File.Case.Child.Name} {
		if s != "" {
			return s
		}
	}
	return k.Part.Path
}
