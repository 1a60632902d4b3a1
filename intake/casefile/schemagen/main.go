// Command schemagen writes the JSON Schemas that editors use into a folder:
//
//	go generate ./intake/casefile
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"stayput/intake/calendar"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
)

// schemas are the files to write, each with what goes in.
var schemas = map[string]func() ([]byte, error){
	"case.schema.json":     casefile.Schema,
	"calendar.schema.json": calendar.Schema,
	"plan.schema.json":     planfile.Schema,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("schemagen FOLDER")
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return err
	}
	for name, schema := range schemas {
		data, err := schema()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(args[0], name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
