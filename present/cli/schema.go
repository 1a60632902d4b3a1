package cli

import (
	"stayput/intake/calendar"
	"stayput/intake/casefile"
)

type schemaCmd struct {
	Of string `arg:"" enum:"case,calendar" default:"case" help:"case or calendar."`
}

// Run prints a schema.
func (c *schemaCmd) Run(env *Env) error {
	schema := casefile.Schema
	if c.Of == "calendar" {
		schema = calendar.Schema
	}
	text, err := schema()
	if err != nil {
		return err
	}
	_, err = env.Stdout.Write(text)
	return err
}
