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
	return enc.Encode(report{Rows: rows, Totals: Count(rows), Warnings: r.Warnings})
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
