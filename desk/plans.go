package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"sync"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
	"stayput/people"
	"stayput/plan"
	"stayput/record/seal"
)

// The plans of a case are one body of its open log: whoever sees the case sees
// them, and each change says all of them anew. What they were before stays in
// the log.

// NoPlans is the PlansHead of a case in which no plan was entered.
const NoPlans = "none"

// mostPlans is how long all plans of a case may be together, in bytes as they
// are kept, and mostVersions how many there may be.
const (
	mostPlans    = 2 << 20
	mostVersions = 200
)

// planned are the plans of a folder, read when they are first asked for.
type planned struct {
	read func() ([]*plan.Plan, error)
}

func newPlanned(f *casefile.File) *planned {
	return &planned{sync.OnceValues(func() ([]*plan.Plan, error) { return readPlans(f) })}
}

// readPlans reads the plans of a case anew. What it gives is the caller's own.
func readPlans(f *casefile.File) ([]*plan.Plan, error) {
	if len(f.Plans) == 0 {
		return nil, nil
	}
	nodes := make([]*yaml.Node, len(f.Plans))
	for i := range f.Plans {
		nodes[i] = f.Plans[i].Node
	}
	return planfile.ReadAll(nodes)
}

// Plans are the plans of the case as written, in their order. Nobody may change
// them. The error says why they cannot be read: they were kept by a version of
// the program that looked at them less closely.
func (f *Folder) Plans() ([]*plan.Plan, error) {
	if f.planned == nil {
		return nil, nil
	}
	return f.planned.read()
}

// value is what a row says in place of a fact.
func (r *parsedRow) value() ([]byte, error) {
	var b valueBody
	if err := json.Unmarshal(r.other, &b); err != nil {
		return nil, unreadable(r.ID, err)
	}
	return b.Value, nil
}

// Program is what was agreed to, what is in force and what stays put on the day
// of the brief, by what this person may see. It is worked out when it is first
// asked for, and kept as the brief is.
func (c *Case) Program() (*program.Result, error) {
	plans, err := c.Plans()
	if err != nil {
		return nil, err
	}
	return kept(c, &c.Folder.programs, func() (*program.Result, error) {
		school, err := c.School()
		if err != nil {
			return nil, err
		}
		return brief.Program(&c.File.Case, plans, c.Brief.View, c.Brief.Laws, brief.Counts(c.Brief.Clocks, c.Brief.Limits), school, c.Brief.AsOf), nil
	})
}

// kept is what a folder remembers for the brief of a case, worked out when it is
// first asked for. make asks for nothing else that is kept so.
func kept[T any](c *Case, in *map[briefKey]*T, make func() (*T, error)) (*T, error) {
	f := c.Folder
	f.mu.Lock()
	defer f.mu.Unlock()
	if x := (*in)[c.key]; x != nil {
		return x, nil
	}
	x, err := make()
	if err != nil {
		return nil, err
	}
	if *in == nil || len(*in) >= mostBriefs {
		*in = map[briefKey]*T{}
	}
	(*in)[c.key] = x
	return x, nil
}

// WithPlans is the brief of the case with the program, the ledger, the goals and the
// reviews of its plans, for what goes out. goals reads the text of goals. Where no
// plan can be read, it is the brief as it is.
func (c *Case) WithPlans(goals review.GoalReview) (*brief.Brief, error) {
	plans, err := c.Plans()
	if err != nil || len(plans) == 0 && len(c.Logged().Sessions) == 0 {
		return c.Brief, nil
	}
	carried, err := c.WithSteps()
	if err != nil || len(plans) == 0 {
		return carried, err
	}
	p, err := c.Program()
	if err != nil {
		return nil, err
	}
	b := *carried
	b.Program, b.Reviews = p, brief.Reviews(b.Case, plans, b.AsOf, b.Laws, goals)
	return &b, nil
}

// ProgramOn is Program on another day, by the record as it stands.
func (c *Case) ProgramOn(d day.Date) (*program.Result, error) {
	plans, err := c.Plans()
	if err != nil {
		return nil, err
	}
	school, err := c.School()
	if err != nil {
		return nil, err
	}
	return brief.Program(&c.File.Case, plans, c.Brief.View, c.Brief.Laws, brief.Counts(c.Brief.Clocks, c.Brief.Limits), school, d), nil
}

// ChangePlans says anew what the plans of a case are. change gets all of them,
// its own to change, and gives what they shall be. head is the Folder.PlansHead
// the form was made from; when somebody changed the plans meanwhile, the error is
// a Conflict and nothing is written. form is a name of NewName: the same form
// sent twice stands once. "" for either leaves that out.
func (d *Desk) ChangePlans(ctx context.Context, who Who, c people.CaseID, head, form string, change func([]*plan.Plan) ([]*plan.Plan, error)) error {
	if err := d.may(ctx, who, ChangePlans, c); err != nil {
		return err
	}
	if form == "" {
		form = name()
	}
	if !goodName(form) {
		return invalid("desk.form_name")
	}
	return d.change(ctx, &who, ChangePlans, c, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		sent, err := d.sentPlans(tx, who, c, &form)
		if err != nil {
			return err
		}
		if sent != nil {
			// The form was sent twice when it made, from what it was made from, what
			// stands under its name.
			was, err := d.plansAt(tx, who, c, head)
			if err != nil {
				return err
			}
			again, err := changed(was, change)
			if err == nil && bytes.Equal(again, sent) {
				return nil
			}
			return conflict("desk.plans_meanwhile")
		}
		if head != "" && head != f.PlansHead {
			return conflict("desk.plans_meanwhile")
		}
		value, err := changed(f.File, change)
		if err != nil {
			return err
		}
		was, err := f.File.PlansJSON()
		if err != nil {
			return err
		}
		if bytes.Equal(value, was) || was == nil && string(value) == "[]" {
			return nil // nothing was changed
		}
		body, err := encode(valueBody{Value: value})
		if err != nil {
			return err
		}
		return d.add(tx, who, c, []pending{{WallOpen, draft(form, seal.Plans, body), ""}})
	})
}

// changed is what a change makes of the plans of a file, as a body keeps it.
// What cannot be read again is refused.
func changed(f *casefile.File, change func([]*plan.Plan) ([]*plan.Plan, error)) ([]byte, error) {
	plans, err := readPlans(f)
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.Position{}, "desk.plans_unreadable").Wrap(err)
	}
	if plans, err = change(plans); err != nil {
		return nil, err
	}
	if len(plans) > mostVersions {
		return nil, invalid("desk.plans_too_many", "limit", strconv.Itoa(mostVersions))
	}
	out := &casefile.File{}
	for _, p := range plans {
		out.Plans = append(out.Plans, casefile.Plan{ID: p.ID, Kind: string(p.Kind), Node: planfile.Node(p)})
	}
	if _, err := readPlans(out); err != nil {
		return nil, err
	}
	value, err := out.PlansJSON()
	if err != nil {
		return nil, err
	}
	if value == nil {
		value = []byte("[]")
	}
	if len(value) > mostPlans {
		return nil, invalid("desk.plans_too_large", "limit", strconv.Itoa(mostPlans>>20)+" MB")
	}
	return value, new(casefile.File).ReadParts(value, nil, nil)
}

// sentPlans is the body that stands under the name of a form already, nil when
// none does. A name that is taken by something private is replaced, so that
// nothing tells of it.
func (d *Desk) sentPlans(tx Tx, who Who, c people.CaseID, form *string) ([]byte, error) {
	wall, row, err := tx.Find(who.Space, c, *form)
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil:
		return nil, nil
	case err != nil:
		return nil, err
	case wall != WallOpen:
		*form = name()
		return nil, nil
	case row.What != seal.Plans:
		return nil, conflict("desk.sent_twice")
	}
	var b valueBody
	if err := decode(row.Body.Data, &b); err != nil {
		return nil, unreadable(row.ID, err)
	}
	return b.Value, nil
}

// plansAt is a file with the plans as the entry named head says them.
func (d *Desk) plansAt(tx Tx, who Who, c people.CaseID, head string) (*casefile.File, error) {
	f := &casefile.File{}
	if head == "" || head == NoPlans {
		return f, nil
	}
	wall, row, err := tx.Find(who.Space, c, head)
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil, err == nil && (wall != WallOpen || row.What != seal.Plans):
		return nil, conflict("desk.plans_meanwhile")
	case err != nil:
		return nil, err
	}
	var b valueBody
	if err := decode(row.Body.Data, &b); err != nil {
		return nil, unreadable(row.ID, err)
	}
	return f, f.ReadParts(b.Value, nil, nil)
}
