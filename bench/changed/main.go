// Command changed measures what a change of one school calendar costs a caseload:
// it writes invented children with plans, service logs and probes, makes all their
// briefs, makes them again with nothing changed, then closes one school for a day
// and makes them a third time. Only the children of that school may be made anew.
// The same numbers always give the same children.
//
//	go build -o stayput ./cmd/stayput && go run ./bench/changed -stayput ./stayput -n 5000 -schools 50
package main

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"stayput/bench/casegen"
	"stayput/day"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
)

func main() {
	program := flag.String("stayput", "", "the program to measure")
	dir := flag.String("dir", "", "folder for the children; a new one that is removed when left out")
	n := flag.Int("n", 5000, "number of children")
	schools := flag.Int("schools", 50, "number of schools, each with its calendar")
	flag.Parse()
	if err := run(*program, *dir, *n, *schools); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(program, dir string, n, schools int) error {
	if program == "" || n < 1 || schools < 1 {
		return fmt.Errorf("say -stayput PROGRAM, and at least one child and one school")
	}
	if dir == "" {
		tmp, err := os.MkdirTemp("", "changed-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		dir = tmp
	}
	cases, keep := filepath.Join(dir, "cases"), filepath.Join(dir, "kept")
	if err := write(cases, n, schools); err != nil {
		return err
	}
	for _, step := range []struct {
		name   string
		change bool
		most   int
	}{{"all of them", false, n}, {"nothing changed", false, 0}, {"one calendar changed", true, (n + schools - 1) / schools}} {
		if step.change {
			if err := closeOneDay(filepath.Join(cases, "calendars", "school-000-2025.yaml")); err != nil {
				return err
			}
		}
		took, anew, err := briefs(program, cases, keep, filepath.Join(dir, "briefs.jsonl"))
		if err != nil {
			return err
		}
		fmt.Printf("%-22s %5d of %d made anew  %8.2f s\n", step.name, anew, n, took.Seconds())
		if anew > step.most || step.name == "all of them" && anew != n || step.change && anew == 0 {
			return fmt.Errorf("%s: %d made anew, expected at most %d", step.name, anew, step.most)
		}
	}
	return nil
}

// last is what the bar says at the end.
var last = regexp.MustCompile(`(\d+) of (\d+), (\d+) made anew`)

func briefs(program, cases, keep, out string) (time.Duration, int, error) {
	var said bytes.Buffer
	cmd := exec.Command(program, "--lang", "en", "brief", "--all", cases, "--as-of", "2026-05-15", "--format", "jsonl", "--keep", keep, "--bar", "always", "--out", out)
	cmd.Stderr = &said
	began := time.Now()
	err := cmd.Run()
	took := time.Since(began)
	all := last.FindAllStringSubmatch(said.String(), -1)
	if err != nil || len(all) == 0 {
		return 0, 0, fmt.Errorf("%w: %s", err, said.String())
	}
	anew, err := strconv.Atoi(all[len(all)-1][3])
	return took, anew, err
}

// write makes the children: each has forty entries, a plan of three services, a
// school year of logs and three goals with probes.
func write(dir string, n, schools int) error {
	if err := os.MkdirAll(filepath.Join(dir, "calendars"), 0o777); err != nil {
		return err
	}
	var years []day.SchoolYear
	for _, y := range casegen.Calendars() {
		if y.First.Year() == 2025 {
			years = append(years, y)
		}
	}
	for s := range schools {
		for _, y := range years {
			y.ID = fmt.Sprintf("school-%03d-%d", s, y.First.Year())
			var b bytes.Buffer
			if err := calendar.Write(&b, y); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, "calendars", y.ID+".yaml"), b.Bytes(), 0o666); err != nil {
				return err
			}
		}
	}
	for i := range n {
		if err := child(dir, i, i%schools, years[0]); err != nil {
			return fmt.Errorf("child %d: %w", i, err)
		}
	}
	return nil
}

const plans = `plans:
  - id: iep
    kind: iep
    status: in_effect
    offered: 2025-08-14
    effective_start: 2025-08-18
    effective_end: 2026-08-17
    consent: [{on: 2025-08-15, agreement: all}]
    services:
      - {id: slp, name: Speech, minutes: 30, times: 2, per: week, from: 2025-08-18, to: 2026-08-17}
      - {id: read, name: Reading, minutes: 30, times: 3, per: week, from: 2025-08-18, to: 2026-08-17}
      - {id: ot, name: Occupational therapy, minutes: 30, times: 1, per: week, from: 2025-08-18, to: 2026-08-17}
    goals:
      - {id: g1, area: reading, text: Reads aloud, baseline: "45", baseline_on: 2025-08-18, target: "90", unit: words per minute, services: [read]}
      - {id: g2, area: speech, text: Says r, baseline: 40%, baseline_on: 2025-08-18, target: 80%, services: [slp]}
      - {id: g3, area: writing, text: Copies letters, baseline: "5", baseline_on: 2025-08-18, target: "20", services: [ot]}
`

func child(dir string, i, school int, year day.SchoolYear) error {
	r := rand.New(rand.NewPCG(uint64(i), 0xca1))
	name := fmt.Sprintf("child-%05d", i)
	var f casefile.File
	f.Case, f.Entries = casegen.Make(uint64(i), 40)
	f.Calendars = []casefile.CalendarRef{{Name: fmt.Sprintf("calendars/school-%03d-%d.yaml", school, year.First.Year())}}
	var b bytes.Buffer
	if err := f.Write(&b, casefile.YAML); err != nil {
		return err
	}
	b.WriteString(plans)
	fmt.Fprintf(&b, "delivery: {log: %s.services.csv}\nprogress: {log: %s.progress.csv}\n", name, name)
	var logs, probes strings.Builder
	logs.WriteString("date,service,minutes,outcome\n")
	probes.WriteString("goal,date,value\n")
	outcomes := []string{"delivered", "delivered", "delivered", "delivered", "delivered", "delivered", "delivered", "missed_provider", "child_absent", ""}
	week := 0
	for d := day.Must(2025, 8, 18); d <= day.Must(2026, 5, 15); d++ {
		for _, s := range []struct{ service, days string }{{"slp", "24"}, {"read", "135"}, {"ot", "4"}} {
			if strings.Contains(s.days, strconv.Itoa(int(d.Weekday()))) {
				if o := outcomes[r.IntN(len(outcomes))]; o != "" {
					fmt.Fprintf(&logs, "%s,%s,30,%s\n", d, s.service, o)
				}
			}
		}
		if d.Weekday() == time.Wednesday {
			week++
			fmt.Fprintf(&probes, "g1,%s,%d\ng2,%s,%d%%\n", d, 45+week+r.IntN(6), d, min(100, 40+week+r.IntN(9)))
		}
	}
	for ext, data := range map[string][]byte{".yaml": b.Bytes(), ".services.csv": []byte(logs.String()), ".progress.csv": []byte(probes.String())} {
		if err := os.WriteFile(filepath.Join(dir, name+ext), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// closeOneDay adds a day without school to a calendar.
func closeOneDay(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	was := string(data)
	is := strings.Replace(was, "closures:\n", "closures:\n  - {on: 2026-02-04, name: Snow, kind: emergency}\n", 1)
	if is == was {
		return fmt.Errorf("%s has no closures", name)
	}
	return os.WriteFile(name, []byte(is), 0o666)
}
