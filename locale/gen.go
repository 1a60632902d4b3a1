//go:build ignore

// This program compiles the catalogs: go generate ./locale.
package main

import (
	"fmt"
	"os"

	"stayput/locale"
)

func main() {
	data, err := locale.Compile(os.DirFS("."))
	if err == nil {
		err = os.WriteFile("catalog.bin", data, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
