package letter

import (
	"strings"

	"stayput/guide"
)

// reasons are the reasons of a no as somebody ticked them: in the words of the guide, or
// as they were typed.
func (c *composer) reasons(ids []string) string {
	var out []string
	for _, id := range ids {
		if n := guide.For(c.o.Cat.Lang()).No(id); n != nil {
			id = curl(n.Label)
		}
		out = append(out, oneLine(id))
	}
	return strings.Join(out, "; ")
}
