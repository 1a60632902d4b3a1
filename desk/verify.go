package desk

import (
	"fmt"

	"stayput/fault"
	"stayput/record/seal"
)

// Verify works out every log of a store anew, from its entries and bodies alone,
// and compares it with the signed head. The first thing that does not fit is
// named; nothing is repaired. It needs nobody: it gives nothing of any record.
func Verify(tx Tx) error {
	spaces, err := tx.Spaces()
	if err != nil {
		return err
	}
	for _, sp := range spaces {
		logs, err := tx.AllLogs(sp.ID)
		if err != nil {
			return err
		}
		for _, l := range logs {
			var tree seal.Tree
			err := tx.Rows(sp.ID, l.Case, l.Wall, 0, func(r Row) error {
				if r.Seq != tree.Size() || r.Log != l.Name {
					return broken(r.ID, "stands in the wrong place")
				}
				if !r.Gone && r.Body.Digest() != r.Entry.Body {
					return broken(r.ID, "has other words than it was sealed with")
				}
				return tree.Add(r.Leaf())
			})
			if err != nil {
				return err
			}
			root, err := tree.Root(tree.Size())
			if err != nil {
				return err
			}
			if tree.Size() != l.Head.Size || (tree.Size() > 0 && root != l.Head.Root) {
				return broken(l.Name, "does not come to its head")
			}
			if tree.Size() == 0 {
				continue
			}
			head, err := seal.OpenCheckpoint(l.Checkpoint, sp.Public)
			if err != nil || head.Root != root || head.Size != tree.Size() {
				return broken(l.Name, fmt.Sprintf("is not what was signed: %v", err))
			}
		}
	}
	return nil
}

func broken(name, how string) error {
	return fault.New(fault.Broken, fault.Position{}, "desk.unreadable", "entry", name).Wrap(fmt.Errorf("%s %s", name, how))
}
