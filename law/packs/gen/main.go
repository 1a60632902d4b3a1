// Command gen compiles the packs beside it; run it with go generate ./law/packs.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"stayput/law/pack"
	"stayput/law/packs"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	fsys := os.DirFS(".")
	ids, err := pack.Packs(fsys)
	if err != nil {
		return err
	}
	if err := os.MkdirAll("compiled", 0o777); err != nil {
		return err
	}
	for _, id := range ids {
		s, err := pack.Open(fsys, id)
		if err != nil {
			return err
		}
		for part, data := range packs.Compile(s) {
			if err := os.WriteFile(filepath.Join("compiled", id+"."+part+".bin"), data, 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}
