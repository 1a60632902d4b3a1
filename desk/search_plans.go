package desk

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"stayput/people"
	"stayput/plan"
)

// FoundPlan is a version of a plan that a search found, with the parts that hold
// the words; none when they stand in its name.
type FoundPlan struct {
	Case  *Folder
	Plan  *plan.Plan
	Parts []plan.Component
}

// SearchPlans finds the plans of a case of which a service, a goal, an
// accommodation or the setting holds all words of the query, the latest first.
// Words count as in Search: each as the beginning of a word, whatever its accents.
func (d *Desk) SearchPlans(ctx context.Context, who Who, c people.CaseID, query string) ([]FoundPlan, error) {
	if err := d.may(as(ctx, seenSearch), who, SeeCase, c); err != nil {
		return nil, err
	}
	want := plainWords(query)
	if len(want) == 0 {
		return nil, nil
	}
	var f *Folder
	err := d.store.Read(ctx, func(tx Tx) (err error) {
		f, err = d.folder(ctx, tx, who, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	plans, err := f.Plans()
	if err != nil {
		return nil, nil // the plan page says why they cannot be read
	}
	var out []FoundPlan
	for _, p := range slices.Backward(plan.InOrder(plans)) {
		hit := FoundPlan{Case: f, Plan: p}
		for _, x := range p.Components() {
			if x.Part != plan.Decisions && holdsAll(x.Name, want) {
				hit.Parts = append(hit.Parts, x)
			}
		}
		if len(hit.Parts) > 0 || holdsAll(p.Title, want) {
			out = append(out, hit)
		}
	}
	return out, nil
}

// plainLetters writes the letters of English and Spanish without their accents.
var plainLetters = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n", "\u0301", "", "\u0303", "", "\u0308", "")

// plainWords are the words of a text in small letters without accents.
func plainWords(s string) []string {
	return strings.FieldsFunc(plainLetters.Replace(strings.ToLower(strings.ToValidUTF8(s, " "))), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// holdsAll reports that a word of the text begins with each of those wanted.
func holdsAll(text string, want []string) bool {
	have := plainWords(text)
	for _, w := range want {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}
