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
	text := casefile.Schema()
	if c.Of == "calendar" {
		text = calendar.Schema()
	}
	_, err := env.Stdout.Write(text)
	return err
}
