package desk

import (
	"stayput/derive/brief"
	"stayput/derive/discipline"
)

// Discipline is what the removals of the record come to on the day of the brief,
// by what this person may see.
func (c *Case) Discipline() (*discipline.Result, error) {
	school, err := c.School()
	if err != nil {
		return nil, err
	}
	return brief.Discipline(c.Brief.View, c.Brief.Laws, school, c.Brief.AsOf), nil
}
