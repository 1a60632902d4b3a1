package cli

import (
	"stayput/intake/calendar"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
)

type schemaCmd struct {
	Of string `arg:"" enum:"case,calendar,plan" default:"case" help:"case, calendar or plan."`
}

// Run prints a schema.
func (c *schemaCmd) Run(env *Env) error {
	schema := casefile.Schema
	switch c.Of {
	case "calendar":
		schema = calendar.Schema
	case "plan":
		schema = planfile.Schema
	}
	text, err := schema()
	if err != nil {
		return err
	}
	_, err = env.Stdout.Write(text)
	return err
}
