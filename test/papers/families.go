package papers

import (
	"os"
	"path/filepath"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/draft"
	"stayput/format/yaml"
	"stayput/intake/casedir"
	"stayput/intake/planfile"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/paper"
	"stayput/plan"
	"stayput/present/letter"
	"stayput/present/review"
)

// Families are the case files of the sample families, from the folder of the project.
var Families = []string{"examples/family/maya.yaml", "examples/school/maya.yaml", "examples/three-years/case.yaml", "examples/settlement.yaml", "examples/simple.yaml", "test/papers/testdata/rich.yaml", "test/papers/testdata/nothing.yaml"}

// A Family is one sample family on a day.
type Family struct {
	Name  string
	Brief *brief.Brief
	In    draft.Input
}

// Open reads a family and works out what follows from its record.
func Open(root, name string, asOf day.Date) (*Family, error) {
	dir, file := filepath.Split(filepath.Join(root, name))
	o := &casedir.Opener{FS: os.DirFS(dir), BuiltIn: packs.Calendars()}
	c, err := o.Open(file)
	if err != nil {
		return nil, err
	}
	book, err := packs.Book()
	if err != nil {
		return nil, err
	}
	laws, err := brief.Laws(&c.File.Case, book)
	if err != nil {
		return nil, err
	}
	schools := &casedir.Schools{}
	school, err := schools.Of(c, brief.YearRule(laws), 0)
	if err != nil {
		return nil, err
	}
	extended, err := schools.Extended(c, 0)
	if err != nil {
		return nil, err
	}
	plans, err := plansOf(c)
	if err != nil {
		return nil, err
	}
	b, err := brief.Make(brief.Input{Case: &c.File.Case, Entries: c.File.Entries, Book: book, School: school, AsOf: asOf, Zone: time.UTC, Plans: plans, Goals: review.Goals,
		Logs: c.Logs, Probes: c.Probes, Sightings: c.Sightings, Extended: extended})
	if err != nil {
		return nil, err
	}
	src := draft.Sources{Plans: plans, Sessions: c.Logs}
	if len(plans) > 0 {
		src.Promises = brief.Promises(b.Case, plans, b.View, b.Laws, brief.Counts(b.Clocks, b.Limits), school, asOf)
	}
	return &Family{Name: name, Brief: b, In: draft.From(b, src)}, nil
}

func plansOf(c *casedir.Case) ([]*plan.Plan, error) {
	nodes := make([]*yaml.Node, len(c.File.Plans))
	for i := range c.File.Plans {
		nodes[i] = c.File.Plans[i].Node
	}
	return planfile.ReadAll(nodes)
}

// Facts are what the record of a family says for a paper.
func Facts(f *Family, p *paper.Paper, o letter.Options, words *pack.Texts) *draft.Facts {
	in := f.In
	in.Paper, in.Office = p, letter.Filed(p, o, words)
	return draft.Gather(in)
}
