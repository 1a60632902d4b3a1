package desk

import (
	"stayput/derive/brief"
	"stayput/derive/checkin"
)

// CheckIns are the questions to teachers and their answers, what the child said and
// what visitors saw, up to the day of the brief, by what this person may see.
func (c *Case) CheckIns() (*checkin.Result, error) {
	school, err := c.desk.kept.schools.Of(c.joined, brief.YearRule(c.Brief.Laws), c.key.known)
	if err != nil {
		return nil, invalid("cli.calendars_overlap", "cause", err.Error())
	}
	return checkin.Derive(c.Brief.View, school, c.Brief.AsOf), nil
}
