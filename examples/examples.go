package examples

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml decisions family school three-years
var files embed.FS

// Files is the whole folder.
func Files() fs.FS { return files }

// Decisions is the folder of published decisions.
func Decisions() fs.FS {
	sub, err := fs.Sub(files, "decisions")
	if err != nil {
		return files // the folder is built in
	}
	return sub
}
