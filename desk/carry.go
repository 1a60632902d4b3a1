package desk

import (
	"stayput/derive/brief"
	"stayput/derive/delivery"
)

// Carried is what was in force day by day up to the day of the brief, by what this
// person may see. Ledgers and goals are made from it. It is worked out when it is
// first asked for, and kept as the brief is.
func (c *Case) Carried() (*brief.Carried, error) {
	plans, err := c.Plans()
	if err != nil {
		return nil, err
	}
	return kept(c, &c.Folder.carried, func() (*brief.Carried, error) {
		school, err := c.School()
		if err != nil {
			return nil, err
		}
		x := brief.Carry(&c.File.Case, plans, c.Brief.View, c.Brief.Laws, brief.Counts(c.Brief.Clocks, c.Brief.Limits), school, c.Brief.AsOf)
		if x.Extended, err = c.ExtendedSchool(); err != nil {
			return nil, err
		}
		return x, nil
	})
}

// Ledger is what was promised against what was written down, up to the day of the
// brief.
func (c *Case) Ledger() (*delivery.Ledger, error) {
	x, err := c.Carried()
	if err != nil {
		return nil, err
	}
	return x.Ledger(c.Logged().Sessions), nil
}

// Goals are the goals in force and how each goes.
func (c *Case) Goals() ([]brief.GoalProgress, error) {
	x, err := c.Carried()
	if err != nil {
		return nil, err
	}
	return x.Goals(c.Logged().Probes), nil
}

// WithSteps is the brief with the ledger and the goals, and with the steps that
// follow from them. It is worked out when it is first asked for.
func (c *Case) WithSteps() (*brief.Brief, error) {
	now := c.Logged()
	if c.PlansHead == NoPlans && len(now.Sessions) == 0 {
		return c.Brief, nil
	}
	x, err := c.Carried()
	if err != nil {
		return nil, err
	}
	return kept(c, &c.Folder.carrying, func() (*brief.Brief, error) {
		return c.Brief.With(x, now.Sessions, now.Probes, now.Sightings), nil
	})
}
