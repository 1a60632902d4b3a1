package desk

import (
	"slices"
	"time"

	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/intake/progressfile"
	"stayput/intake/servicelog"
	"stayput/record/seal"
)

// logOf is what a case file keeps of sessions, probes and sightings, and what else
// stands under `delivery` and `progress`: the names of logs that did not come along.
func logOf(f *casefile.File) (in NewLog, delivery, progress *yaml.Node, err error) {
	in = NewLog{Name: name(), Via: "import"}
	services, err := servicelog.FromNode(f.Delivery)
	if err != nil {
		return in, nil, nil, err
	}
	probes, err := progressfile.FromNode(f.Progress)
	if err != nil {
		return in, nil, nil, err
	}
	in.Sessions, in.Probes, in.Sightings = services.Kept.Logs, probes.Probes.Probes, probes.Probes.Sightings
	return in, named(services.Log), named(probes.Log), nil
}

// named is a node that names a log beside the case file, nil for none.
func named(log string) *yaml.Node {
	if log == "" {
		return nil
	}
	return &yaml.Node{Kind: yaml.Map, Fields: []yaml.Field{{Key: "log", Value: &yaml.Node{Kind: yaml.Scalar, Value: log, Quoted: true}}}}
}

// logDrafts are the entries that say what a case file keeps of carrying out its
// plans, with what came beside it.
func logDrafts(f *casefile.File, beside *NewLog) ([]pending, error) {
	in, delivery, progress, err := logOf(f)
	if err != nil {
		return nil, err
	}
	if beside != nil {
		in.Sessions = append(in.Sessions, beside.Sessions...)
		in.Probes = append(in.Probes, beside.Probes...)
		in.Sightings = append(in.Sightings, beside.Sightings...)
		in.Files = beside.Files
	}
	var ps []pending
	for _, x := range []struct {
		what seal.What
		n    *yaml.Node
	}{{seal.Delivery, delivery}, {seal.Progress, progress}} {
		if x.n == nil {
			continue
		}
		raw, err := casefile.NodeJSON(x.n)
		if err != nil {
			return nil, err
		}
		body, err := encode(valueBody{Value: raw})
		if err != nil {
			return nil, err
		}
		ps = append(ps, pending{WallOpen, draft(name(), x.what, body), ""})
	}
	if len(in.Sessions)+len(in.Probes)+len(in.Sightings) == 0 {
		return ps, nil
	}
	in.named()
	body, err := in.encoded()
	if err != nil {
		return nil, err
	}
	return append(ps, pending{WallOpen, draft(in.Name, seal.Log, body), ""}), nil
}

// withLog is the file of a case with what stands of sessions, probes and sightings
// in it.
func (f *Folder) withLog(file *casefile.File) *casefile.File {
	if len(f.acts) == 0 {
		return file
	}
	now, out := stands(f.acts, func(time.Time) bool { return true }), *file
	if len(now.Sessions) > 0 {
		out.Delivery = joined(file.Delivery, servicelog.Node(now.Sessions))
	}
	if len(now.Probes)+len(now.Sightings) > 0 {
		out.Progress = joined(file.Progress, progressfile.Node(now.Probes, now.Sightings))
	}
	return &out
}

// joined is a node with the fields of both.
func joined(a, b *yaml.Node) *yaml.Node {
	if a == nil || a.Kind != yaml.Map {
		return b
	}
	out := *a
	out.Fields = append(slices.Clone(a.Fields), b.Fields...)
	return &out
}
