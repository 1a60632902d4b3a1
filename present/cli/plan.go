package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/plan/compare"
	"stayput/derive/plan/review"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
	"stayput/law"
	"stayput/locale"
	"stayput/plan"
	spoken "stayput/present/review"
)

type planCmd struct {
	Show    planShowCmd    `cmd:"" help:"Show the plans of a case: services with minutes a week, goals, supports."`
	Compare planCompareCmd `cmd:"" help:"Show what differs between two versions, cuts first."`
	Review  planReviewCmd  `cmd:"" help:"Read a plan by fixed rules and say what to ask."`
}

// planFile is a case and the format that every plan command takes.
type planFile struct {
	Case   string `arg:"" help:"Case file." type:"path"`
	Format string `help:"text or json." enum:"text,json" default:"text"`
}

// A planCase is a case with its plans read.
type planCase struct {
	file  *casefile.File
	plans []*plan.Plan // as written, in the order of the file
	cat   *locale.Catalog
}

// open reads the case file and its plans. It needs no calendars.
func (c *planFile) open(env *Env, all *commands) (*planCase, error) {
	cat, ok := locale.For(all.Lang)
	if !ok {
		return nil, fault.New(fault.Invalid, fault.Position{File: "--lang"}, "cli.lang", "got", all.Lang)
	}
	data, err := readPlain(c.Case)
	if err != nil {
		return nil, err
	}
	f, err := casefile.Read(c.Case, data)
	if err != nil {
		return nil, err
	}
	plans, err := plansOf(f)
	if err != nil {
		return nil, err
	}
	return &planCase{file: f, plans: plans, cat: cat}, nil
}

// plansOf are the plans of a case file.
func plansOf(f *casefile.File) ([]*plan.Plan, error) {
	nodes := make([]*yaml.Node, len(f.Plans))
	for i := range f.Plans {
		nodes[i] = f.Plans[i].Node
	}
	return planfile.ReadAll(nodes)
}

// largestCase is the largest file that is read.
const largestCase = 64 << 20

// readPlain reads a plain file of at most largestCase bytes.
func readPlain(name string) ([]byte, error) {
	at := fault.Position{File: name}
	in, err := os.Stat(filepath.Clean(name))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fault.New(fault.Invalid, at, "file.missing").Wrap(err)
	case err != nil:
		return nil, fault.New(fault.Invalid, at, "file.unreadable").Wrap(err)
	case !in.Mode().IsRegular() || in.Size() > largestCase:
		return nil, fault.New(fault.Invalid, at, "file.not_plain")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fault.New(fault.Invalid, at, "file.unreadable").Wrap(err)
	}
	return data, nil
}

// find is the plan named id, whole.
func (c *planCase) find(flag, id string) (*plan.Plan, error) {
	p := plan.Find(c.plans, id)
	if p == nil {
		var known []string
		for _, p := range c.plans {
			known = append(known, p.ID)
		}
		return nil, fault.New(fault.Invalid, fault.Position{File: flag}, "plan_show.unknown_plan", "got", id, "known", strings.Join(known, ", "))
	}
	return c.whole(p), nil
}

func (c *planCase) whole(p *plan.Plan) *plan.Plan {
	w, _ := plan.Whole(c.plans, p) // the reader refused what cannot be made whole
	return w
}

type planShowCmd struct {
	planFile
	Plan string `help:"Only this plan." placeholder:"ID"`
}

// Run shows plans. JSON is the plans as they stand in a case file, amendments
// laid over what they amend.
func (c *planShowCmd) Run(env *Env, all *commands) error {
	pc, err := c.open(env, all)
	if err != nil {
		return err
	}
	shown := plan.InOrder(pc.plans)
	if c.Plan != "" {
		p, err := pc.find("--plan", c.Plan)
		if err != nil {
			return err
		}
		shown = []*plan.Plan{p}
	}
	if c.Format == "json" {
		list := &yaml.Node{Kind: yaml.List}
		for _, p := range shown {
			list.Items = append(list.Items, planfile.Node(pc.whole(p)))
		}
		return yaml.WriteJSON(env.Stdout, &yaml.Node{Kind: yaml.Map, Fields: []yaml.Field{{Key: "plans", Value: list}}})
	}
	if len(shown) == 0 {
		fmt.Fprintln(env.Stdout, pc.cat.T("plan_show.none"))
	}
	for i, p := range shown {
		if i > 0 {
			fmt.Fprintln(env.Stdout)
		}
		spoken.PlanText(env.Stdout, pc.cat, pc.whole(p))
	}
	return nil
}

type planCompareCmd struct {
	planFile
	From string `help:"The earlier version; the one before the last when left out." placeholder:"ID"`
	To   string `help:"The later version; the last when left out." placeholder:"ID"`
}

// Run compares two versions.
func (c *planCompareCmd) Run(env *Env, all *commands) error {
	pc, err := c.open(env, all)
	if err != nil {
		return err
	}
	order := plan.InOrder(pc.plans)
	if len(order) < 2 && (c.From == "" || c.To == "") {
		key := "plan_show.none"
		if len(order) == 1 {
			key = "plan_show.one"
		}
		return fault.New(fault.Invalid, fault.Position{File: c.Case}, key)
	}
	var before, after *plan.Plan
	if c.To != "" {
		if after, err = pc.find("--to", c.To); err != nil {
			return err
		}
	} else {
		after = pc.whole(order[len(order)-1])
	}
	switch {
	case c.From != "":
		if before, err = pc.find("--from", c.From); err != nil {
			return err
		}
	default:
		if before = plan.Before(pc.plans, after); before == nil {
			before = pc.whole(order[max(0, slices.IndexFunc(order, func(p *plan.Plan) bool { return p.ID == after.ID })-1)])
		}
	}
	x := compare.Plans(before, after)
	if c.Format == "json" {
		return spoken.CompareJSON(env.Stdout, x)
	}
	spoken.CompareText(env.Stdout, pc.cat, x)
	return nil
}

type planReviewCmd struct {
	planFile
	Plan string `help:"Only this plan; all plans when left out." placeholder:"ID"`
	All  bool   `help:"Show every finding in full, not only the three that matter most."`
}

// Run reviews plans.
func (c *planReviewCmd) Run(env *Env, all *commands) error {
	pc, err := c.open(env, all)
	if err != nil {
		return err
	}
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	shown := plan.InOrder(pc.plans)
	if c.Plan != "" {
		p, err := pc.find("--plan", c.Plan)
		if err != nil {
			return err
		}
		shown = []*plan.Plan{p}
	}
	var found []review.Finding
	for i, p := range shown {
		whole := pc.whole(p)
		fs, err := pc.review(lib.book, p)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			found = append(found, fs...)
			continue
		}
		if i > 0 {
			fmt.Fprintln(env.Stdout)
		}
		spoken.ReviewText(env.Stdout, pc.cat, whole, fs, c.All)
	}
	if c.Format == "json" {
		return spoken.ReviewJSON(env.Stdout, pc.cat, found)
	}
	if len(shown) == 0 {
		fmt.Fprintln(env.Stdout, pc.cat.T("plan_show.none"))
	}
	return nil
}

// review reads one plan under the law of the place where the child was when it
// began.
func (c *planCase) review(book *law.Book, p *plan.Plan) ([]review.Finding, error) {
	laws, err := brief.Laws(&c.file.Case, book) // without a pack for the state: federal law alone
	if err != nil {
		return nil, fault.New(fault.Internal, fault.Position{}, "internal", "cause", err.Error()).Wrap(err)
	}
	return brief.ReviewOf(&c.file.Case, c.plans, p, laws, spoken.Goals).Findings, nil
}
