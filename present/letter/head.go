package letter

import (
	"slices"

	"stayput/format/document"
	"stayput/paper"
)

// WithHead puts a letterhead before a paper that stands in the frame of a letter; nil is
// none. Forms and logs bear none: they are an office's own already, or the law's.
func WithHead(d *document.Document, p *paper.Paper, h *document.Letterhead) *document.Document {
	if h == nil || !p.Form.Framed() {
		return d
	}
	out := *d
	out.Blocks = slices.Insert(slices.Clone(d.Blocks), 0, document.Block(*h))
	return &out
}

// bare is a document without its letterhead: what stands in a message itself.
func bare(d *document.Document) *document.Document {
	if len(d.Blocks) == 0 {
		return d
	}
	if _, yes := d.Blocks[0].(document.Letterhead); !yes {
		return d
	}
	out := *d
	out.Blocks = d.Blocks[1:]
	return &out
}

// Headed reports that who writes may write on an office's letterhead: a parent and a
// child write in their own name, whoever drafts for them.
func Headed(sender paper.Role) bool { return sender != "parent" && sender != "student" }
