package desk

import (
	"stayput/derive/checkin"
)

// CheckIns are the questions to teachers and their answers, what the child said and
// what visitors saw, up to the day of the brief, by what this person may see.
func (c *Case) CheckIns() (*checkin.Result, error) {
	school, err := c.School()
	if err != nil {
		return nil, err
	}
	return checkin.Derive(c.Brief.View, school, c.Brief.AsOf), nil
}
