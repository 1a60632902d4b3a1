package decisions

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"stayput/fact"
	"stayput/fault"
)

// A Word says what an event name used elsewhere means in the project's
// vocabulary. More than one kind means that the context decides: the first is
// meant when nothing says otherwise, or all of them where the note says so.
type Word struct {
	Name  string
	Kinds []fact.Kind
	Note  string
}

// Words is the whole table, by name.
func Words() []Word {
	out := make([]Word, 0, len(table))
	for _, r := range table {
		w := Word{Name: r.name, Note: r.note}
		for _, k := range strings.Fields(r.kinds) {
			w.Kinds = append(w.Kinds, fact.MustLookup(k))
		}
		out = append(out, w)
	}
	return out
}

// Find is what a name means: a name of the table, or a word of the vocabulary
// itself.
func Find(name string) (Word, bool) {
	i, ok := slices.BinarySearchFunc(table, name, func(r row, n string) int { return cmp.Compare(r.name, n) })
	if ok {
		w := Word{Name: name, Note: table[i].note}
		for _, k := range strings.Fields(table[i].kinds) {
			w.Kinds = append(w.Kinds, fact.MustLookup(k))
		}
		return w, true
	}
	if k, ok := fact.Lookup(name); ok {
		return Word{Name: name, Kinds: []fact.Kind{k}}, true
	}
	return Word{}, false
}

// Near is the known name closest to one that Find does not know, or "".
func Near(name string) string {
	known := fact.KindNames()
	for _, r := range table {
		known = append(known, r.name)
	}
	return fault.Nearest(name, known)
}

// WriteWords writes docs/vocabulary.md: the table, and what is not merged and
// why.
func WriteWords(w io.Writer) error {
	var b strings.Builder
	b.WriteString(wordsHead)
	b.WriteString("| name elsewhere | here | note |\n|---|---|---|\n")
	for _, x := range Words() {
		names := make([]string, len(x.Kinds))
		for i, k := range x.Kinds {
			names[i] = "`" + k.String() + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", x.Name, strings.Join(names, ", "), x.Note)
	}
	b.WriteString(wordsTail)
	_, err := io.WriteString(w, b.String())
	return err
}

const wordsHead = `# The vocabulary

<!-- Written by ` + "`go test ./decisions -update`" + ` from decisions/words.go; a test fails when it is stale. -->

Every dated fact in a case has a kind, and a rule of law starts, is met and ends by kinds. ` + "`stayput words`" + ` lists the
kinds by family, in English or Spanish, and ` + "`stayput words --map NAME`" + ` says what a name from elsewhere means here.

Federal law's own word wins: *evaluation*, where California says *assessment*. Only identical events share a name.

## Names used elsewhere

The names come from the research behind the packs (federal law, fifty States and the District of Columbia), from the
published decisions in ` + "`examples/decisions`" + ` and from the contents of letters and forms. Where a name means several kinds, the
first is meant when nothing says otherwise; the note says what decides.

`

const wordsTail = `
## What is not merged, and why

Two names that look alike stay two kinds wherever the law gives them different dates or different consequences.

| kept apart | why |
|---|---|
| ` + "`services_consent_*`" + ` and ` + "`iep_consent_*`, `iep_rejected`" + ` | The first are about the FIRST special education services: a refusal bars everybody from filing, and the district owes no services. The second answer a later, yearly IEP: in California a rejected part that the child needs can oblige the district to file. Merging them would turn the law upside down. |
| ` + "`services_consent_requested` and `iep_offered`" + ` | An IEP is offered every year; consent to services is asked for once. |
| ` + "`services_consent_revoked` and `single_service_refused`" + ` | Revoking everything ends eligibility for services; declining one service must not cost the child the others. |
| ` + "`evaluation_consent_*` and `reevaluation_consent_*`" + ` | Silence about a reevaluation, after real efforts, lets the district go on; silence about a first evaluation does not. The federal 60 days belong to the first evaluation alone. |
| ` + "`reevaluation_consent_refused` and `reevaluation_consent_no_response`" + ` | A no needs a hearing; silence needs documented efforts. |
| ` + "`evaluation_requested` and `evaluation_requested_orally`" + ` | In California the 15 days run from a written request; for a spoken one the school must help to write it. The same for ` + "`iep_meeting_requested_orally`" + `. |
| ` + "`evaluation_completed`, `reevaluation_completed` and `last_evaluation_date`" + ` | The last is a day known only from an earlier paper: it starts the three years, but nothing was done in this record on that day. ` + "`last_iep_review`" + ` likewise. |
| ` + "`iee_requested`, `iee_report_shared` and `discipline_evaluation_requested`" + ` | An independent evaluation at public expense, a private report, and an evaluation asked for under discipline have nothing in common but the word. |
| ` + "`iee_agreed` and `iee_provided`" + ` | Saying yes is not paying. |
| ` + "`records_access_requested` and `ferpa_request_received`" + ` | Special education law and FERPA both say 45 days, but only the first asks for access before a meeting or hearing, and California's five business days belong to it alone. |
| ` + "`records_access_requested` and `records_requested_by_new_school`" + ` | A parent's right, and one school's duty to another. |
| ` + "`due_process_filed` and `due_process_received`" + ` | Limits end with the filing; the 15, 30 and 45 days run from receipt by the other side. The same for ` + "`state_complaint_*`, `expedited_complaint_*` and `sufficiency_challenge_*`" + `. |
| a hearing request filed by a parent and one filed by a district | One kind with the field ` + "`filed_by`" + `: only a parent's has a resolution period of 30 days. |
| ` + "`due_process_*` and `expedited_complaint_*`" + ` | A discipline case counts in school days and knows no challenge to the complaint's contents. |
| ` + "`hearing_scheduled_date`, `hearing_held`, `hearing_record_closed`, `hearing_decision_issued` and `hearing_decision_received`" + ` | Notices count back from the day that is set; the record may stay open after the last session; the time to sue runs from the decision, or, on another reading, from its receipt. |
| ` + "`continuance_granted` and `extension_agreed`" + ` | An officer puts a hearing off at a party's request and the decision date moves by that length; two sides agree on a later date for something else. |
| ` + "`resolution_agreement_executed` and `mediation_agreement_signed`" + ` | Only the first may be cancelled within three business days. |
| ` + "`age_of_majority` and `child_turns_18`" + ` | Majority is State law; the birthday is a birthday. |
| ` + "`mediation_scheduled` and `mediation_date_set`" + ` | The day mediation is to take place, and the day on which that day was fixed. California's 15 days ask for the second. ` + "`emergency_iep_meeting_scheduled`" + ` is such an act too, while ` + "`iep_meeting_scheduled`" + ` is the day of the meeting. |
| ` + "`placement_change_decided`, `removal_started` and `removal_day_11`" + ` | A decision, a first day out of school, and the eleventh day in one year each start something else. |
| ` + "`iep_developed`, `iep_offered` and `iep_implemented`" + ` | Finished on paper, put to the parent, put into practice: what governs during a dispute is the last one agreed and carried out. |
`
