package papers

import (
	"testing"

	"stayput/format/markup"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// A parent's letter in the plain register stands on one page, unless it carries a table of
// the record (services, missed minutes) or answers a plan part by part.
func TestLettersFitAPage(t *testing.T) {
	longer := map[string]bool{"letter-partial-consent": true, "comp-ed-request": true, "stay-put-letter": true, "reimbursement-claim": true, "parent-concerns": true, "service-logs-request": true, "follow-up-letter": true, "transfer-student-comparable": true}
	for _, f := range families(t) {
		for _, p := range all(t) {
			if p.Side == paper.LEA || p.Form != paper.Letter || longer[p.ID] {
				continue
			}
			for _, lang := range paper.Languages {
				cat, _ := locale.For(lang)
				words := packs.Texts(lang)
				o := letter.For(f.Brief, cat, paper.Plain, words)
				d := letter.Document(p, cat, markup.Format(letter.Compose(p, Facts(f, p, o, words), o).Blocks))
				n, _, err := letter.Pages(p, d)
				if err != nil || n != 1 {
					t.Errorf("%s/%s/%s: %d pages %v", f.Name, p.ID, lang, n, err)
				}
			}
		}
	}
}
