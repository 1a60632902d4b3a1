package servicelog

import (
	"encoding/csv"
	"io"
	"io/fs"
	"path"

	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/logtable"
)

// ReadKept reads the log that a case file names: a CSV with a header of at least
// date, service and outcome, then a row for each session. A row that cannot be
// read refuses the file, with its line and column: a spreadsheet of any other
// layout is read by Open, which asks what its columns mean.
func ReadKept(name string, data []byte) (*Kept, error) {
	k, err := readKeptRows(name, data)
	if err != nil {
		return nil, err
	}
	var problems fault.List
	k.settle(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	return k, nil
}

// readKeptRows is ReadKept, each row by itself.
func readKeptRows(name string, data []byte) (*Kept, error) {
	k := &Kept{}
	f := logtable.Format{Largest: MaxFile, MostRows: MaxRows, Most: mostRefusals, Key: func(key string) string { return "carry.file." + key }}
	for _, c := range keptColumns {
		x := logtable.Column{Name: c.name, Words: c.words, Need: c.need}
		if c.name == "on" { // as a case file calls it
			x.Shown = "date"
		}
		f.Columns = append(f.Columns, x)
	}
	err := f.Read(name, data, func(_ int, cells map[string]keptCell, at fault.Position, problems *fault.List) {
		k.add(cells, at, problems)
	})
	if err != nil {
		return nil, err
	}
	return k, nil
}

// WriteKept writes sessions as the CSV that ReadKept reads.
func (k *Kept) WriteKept(w io.Writer) error {
	out := csv.NewWriter(w)
	row := make([]string, len(keptColumns))
	for i, c := range keptColumns {
		if row[i] = c.name; c.name == "on" {
			row[i] = "date"
		}
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for i := range k.Logs {
		for j, c := range keptColumns {
			row[j] = c.write(&k.Logs[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Load reads what stands under `delivery` of the case file at casePath, with the
// log that it names beside it.
func Load(fsys fs.FS, casePath string, n *yaml.Node) (*Kept, error) {
	s, err := FromNode(n)
	if err != nil {
		return nil, err
	}
	if s.Log == "" {
		return s.Kept, nil
	}
	data, err := logtable.Beside(fsys, path.Join(path.Dir(casePath), s.Log), MaxFile)
	if err != nil {
		return nil, fault.List{fault.New(fault.Invalid, s.At, "carry.file.missing", "name", s.Log).Wrap(err)}
	}
	k, err := readKeptRows(path.Join(path.Dir(casePath), s.Log), data)
	if err != nil {
		return nil, err
	}
	k.Logs = append(k.Logs, s.Kept.Logs...)
	k.places = append(k.places, s.Kept.places...)
	var problems fault.List
	k.settle(&problems)
	if len(problems) > 0 {
		return nil, problems
	}
	return k, nil
}
