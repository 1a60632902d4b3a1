package desk

import (
	"stayput/derive/brief"
	"stayput/derive/discipline"
)

// Discipline is what the removals of the record come to on the day of the brief,
// by what this person may see.
func (c *Case) Discipline() (*discipline.Result, error) {
	school, err := c.desk.kept.schools.Of(c.joined, brief.YearRule(c.Brief.Laws), c.key.known)
	if err != nil {
		return nil, invalid("cli.calendars_overlap", "cause", err.Error())
	}
	return brief.Discipline(c.Brief.View, c.Brief.Laws, school, c.Brief.AsOf), nil
}
