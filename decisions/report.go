package decisions

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// report is the JSON form.
type report struct {
	Rows     []Row    `json:"rows"`
	Totals   Totals   `json:"totals"`
	Sources  []Source `json:"sources,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

// WriteJSON writes the rows for programs.
func (r *Result) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	rows := r.Rows
	if rows == nil {
		rows = []Row{}
	}
	return enc.Encode(report{Rows: rows, Totals: Count(rows), Sources: r.Sources, Warnings: r.Warnings})
}

// String is the verdict in words.
func (v Verdict) String() string {
	switch v {
	case Match:
		return "match"
	case Mismatch:
		return "MISMATCH"
	}
	return "not applicable"
}

// String is the totals in one line.
func (t Totals) String() string {
	return fmt.Sprintf("%d decisions, %d expectations: %d match, %d not applicable, %d mismatch",
		t.Decisions, t.Expectations, t.Match, t.NotApplicable, t.Mismatch)
}

// WriteMarkdown writes the rows as a table.
func (r *Result) WriteMarkdown(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprint(b, "| decision | what | basis | law | verdict | expected | the brief says | because |\n|---|---|---|---|---|---|---|---|\n")
	for _, x := range r.Rows {
		cells := []string{x.Decision, x.What, x.Basis, x.Rule, x.Verdict.String(), x.Expected, x.Got, x.Reason}
		for i, c := range cells {
			cells[i] = strings.ReplaceAll(strings.ReplaceAll(c, "|", "\\|"), "\n", " ")
		}
		fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
	}
	fmt.Fprintf(b, "\n%s.\n", Count(r.Rows))
	for _, x := range r.Warnings {
		fmt.Fprintf(b, "\n- %s", x)
	}
	if len(r.Warnings) > 0 {
		fmt.Fprintln(b)
	}
	return b.Flush()
}

// WriteDocs writes docs/decisions.md.
func (r *Result) WriteDocs(w io.Writer) error {
	var b strings.Builder
	b.WriteString(docsHead)
	if err := r.WriteMarkdown(&b); err != nil {
		return err
	}
	b.WriteString("\n## Where they were published\n\n| decision | body and number | decided | source |\n|---|---|---|---|\n")
	for _, s := range r.Sources {
		on := "not said; the last fact counts"
		if s.Decided != 0 {
			on = s.Decided.String()
		}
		fmt.Fprintf(&b, "| %s | %s | %s | <%s> |\n", s.ID, s.Body, on, s.URL)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

const docsHead = `# The program measured against published decisions

<!-- Written by ` + "`go test ./decisions -update`" + ` from examples/decisions; a test fails when it is stale. -->

Sixteen published decisions of courts, hearing offices and State agencies stand in ` + "`examples/decisions`" + ` as case files: dated
facts alone, nobody named. What each adjudicator found stands beside them in ` + "`examples/decisions/expect`" + `, and never reaches the
program. ` + "`stayput decisions`" + ` makes a brief of each on the day of the decision, or on the day of the last fact, and compares.

    stayput decisions                     # the sixteen
    stayput decisions my-decisions/       # a folder of case files with expect/ beside them
    stayput decisions research.yaml       # decisions in the research form: facts, calendar, expectations
    stayput decisions --format json

It ends with status 2 when something does not match. *Basis* says where the expectation comes from: ` + "`adjudicator`" + ` (the decision
says it), ` + "`secondary`" + ` (a digest says it), ` + "`derived`" + ` (calendar arithmetic on the recorded facts).

**match**: the brief says it. **mismatch**: it says something else. **not applicable**: nothing to compare, for one of three
reasons: ` + "`other_part`" + ` (in the research form how much of a service was given, what a paper must contain, a ruling on a motion or on the merits: not a
matter of dates), ` + "`fact_missing`" + ` (the published text does not give the fact), ` + "`pack_to_come`" + ` (the law of a State without a pack).

` + "`compare`" + ` in an expectation is one of a closed list: ` + "`clock` `limit` `stated` `elapsed` `not_late` `absent` `points_to` `window`\n`restarts` `stay_put` `moves` `route` `delivery` `not_applicable`" + `. An expected due date is met by the brief's due date, by its date before extensions, or, where a school
calendar is missing, by its earliest date. ` + "`delivery`" + ` compares a ledger of promises and sessions, which stand as facts in
` + "`examples/decisions/delivery`" + `.

`
