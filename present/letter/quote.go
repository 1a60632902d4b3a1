package letter

import "strings"

// curl gives a word of the program the apostrophe that papers are set with. What a person
// wrote stays as it was typed.
func curl(s string) string { return strings.ReplaceAll(s, "'", "’") }
