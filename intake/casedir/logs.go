package casedir

import (
	"strconv"

	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/intake/progressfile"
	"stayput/intake/servicelog"
)

// logs reads what a case keeps of services given and of probes: what stands in
// the case file, and the logs it names beside it. A log with a row that cannot be
// read refuses the case: nothing is read in half.
func (o *Opener) logs(c *Case) error {
	if c.File.Delivery == nil && c.File.Progress == nil {
		return nil
	}
	var bad fault.List
	kept, err := servicelog.Load(o.FS, c.Path, c.File.Delivery)
	if err != nil {
		bad = append(bad, fault.All(err)...)
	} else {
		c.Logs, c.Doubts = kept.Logs, append(c.Doubts, kept.Warnings...)
	}
	probes, err := progressfile.Load(o.FS, c.Path, c.File.Progress)
	if err == nil {
		err = probes.Against(goalNames(c.File))
	}
	if err != nil {
		bad = append(bad, fault.All(err)...)
	} else {
		c.Probes, c.Sightings, c.Doubts = probes.Probes, probes.Sightings, append(c.Doubts, probes.Warnings...)
	}
	return bad.Or()
}

// goalNames are the names by which a probe may name a goal of some plan: its id,
// its number, or its place when it has neither.
func goalNames(f *casefile.File) []string {
	var out []string
	for _, p := range f.Plans {
		goals := child(p.Node, "goals")
		if goals == nil {
			continue
		}
		for i, g := range goals.Items {
			id := child(g, "id")
			if id == nil || id.Value == "" {
				out = append(out, "goals-"+strconv.Itoa(i+1))
			} else {
				out = append(out, id.Value)
			}
			if n := child(g, "number"); n != nil && n.Value != "" {
				out = append(out, n.Value)
			}
		}
	}
	return out
}

func child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.Map {
		return nil
	}
	for _, f := range n.Fields {
		if f.Key == key {
			return f.Value
		}
	}
	return nil
}
