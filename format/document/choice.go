package document

import "strings"

// Box is the box that an item of a list begins with, to be ticked, and the item without
// it; "" when it begins with none. The box stands in place of the item's point.
func Box(p Paragraph) (box string, rest Paragraph) {
	if len(p.Runs) == 0 || p.Runs[0].Blank {
		return "", p
	}
	for _, b := range []string{"☐", "☒", "☑"} {
		if text, begins := strings.CutPrefix(p.Runs[0].Text, b+" "); begins {
			runs := append([]Run{p.Runs[0]}, p.Runs[1:]...)
			runs[0].Text = text
			p.Runs = runs
			return b, p
		}
	}
	return "", p
}
