package cli

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const threeYears = "../../examples/three-years/case.yaml"

// The ledger of the command adds up in every form, and each form says the same.
func TestCarry(t *testing.T) {
	st, out, errs := stayput(t, "--lang", "en", "carry", threeYears, "--as-of", "2026-05-15", "--by", "year")
	if st != 0 || errs != "" {
		t.Fatalf("%d %s", st, errs)
	}
	for _, want := range []string{"Speech and language", "6,420 minutes promised", "270 made up later", "18 sessions (position open", "School year", "2024-25", "Goal: reading (1)", "They are not law"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if st, es, _ := stayput(t, "--lang", "es", "carry", threeYears, "--as-of", "2026-05-15", "--service", "speech"); st != 0 || !strings.Contains(es, "6,420 minutos en el plan") || strings.Contains(es, "Reading support") {
		t.Errorf("%d\n%s", st, es)
	}

	for _, by := range []string{"week", "month", "year", "plan", "none"} {
		st, text, errs := stayput(t, "carry", threeYears, "--as-of", "2026-05-15", "--by", by, "--format", "csv")
		if st != 0 {
			t.Fatal(errs)
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || rows[0][7] != "promised" {
			t.Fatal(err, rows[0])
		}
		number := func(r []string, i int) float64 {
			v, err := strconv.ParseFloat(r[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		sum := map[string]float64{}
		for _, r := range rows[1:] {
			parts := 0.0
			for i := 8; i <= 14; i++ {
				parts += number(r, i)
			}
			if d := parts - number(r, 7); d > 0.05 || d < -0.05 {
				t.Errorf("%v: the columns come to %v", r, parts)
			}
			if r[3] != "total" {
				sum[r[0]] += number(r, 7)
			} else if d := sum[r[0]] - number(r, 7); by != "none" && (d > 1 || d < -1) {
				t.Errorf("by %s: %s promised in all, the rows come to %v", by, r[7], sum[r[0]])
			}
		}
	}

	var doc struct {
		Delivery []struct {
			Service                                                                    string
			Promised, Delivered, Made_up, Otherwise, Excused, Short, Reported, Unknown int
			Rows                                                                       []struct{ Promised int }
			Signals                                                                    []struct{ Setting bool }
		}
		Progress []struct{ Goal, Verdict string }
	}
	st, text, errs := stayput(t, "carry", threeYears, "--as-of", "2026-05-15", "--format", "json")
	if st != 0 {
		t.Fatal(errs)
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil || len(doc.Delivery) != 2 || len(doc.Progress) != 3 {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, d := range doc.Delivery {
		if d.Promised != d.Delivered+d.Made_up+d.Otherwise+d.Excused+d.Short+d.Reported+d.Unknown || len(d.Rows) < 20 {
			t.Errorf("%+v", d)
		}
		for _, s := range d.Signals {
			if !s.Setting {
				t.Error("a level that is not marked as a setting")
			}
		}
	}

	for _, args := range [][]string{{threeYears, "--service", "swimming"}, {"../../examples/simple.yaml"}, {"nowhere.yaml"}} {
		if st, out, errs := stayput(t, append([]string{"carry"}, args...)...); st != 2 || out != "" || errs == "" {
			t.Errorf("%v: %d %s%s", args, st, out, errs)
		}
	}
}

// The brief says the same in its text, its JSON and its page.
func TestBriefWithLogs(t *testing.T) {
	st, text, errs := stayput(t, "--lang", "en", "brief", threeYears, "--as-of", "2026-05-15")
	if st != 0 || !strings.Contains(text, "Services: promised and given") || !strings.Contains(text, "It is not in your record. Did") {
		t.Errorf("%d %s\n%s", st, errs, text)
	}
	st, page, errs := stayput(t, "--lang", "es", "brief", threeYears, "--as-of", "2026-05-15", "--format", "html")
	if st != 0 || strings.Count(page, "<svg") != 6 || !strings.Contains(page, `id="delivery"`) || !strings.Contains(page, "No son ley") {
		t.Errorf("%d %s: %d pictures", st, errs, strings.Count(page, "<svg"))
	}
	st, doc, errs := stayput(t, "brief", threeYears, "--as-of", "2026-05-15", "--format", "json")
	var x struct {
		Delivery []map[string]any `json:"delivery"`
		Progress []map[string]any `json:"progress"`
		Next     []map[string]any `json:"next"`
	}
	if err := json.Unmarshal([]byte(doc), &x); st != 0 || err != nil {
		t.Fatal(st, err, errs)
	}
	for _, key := range []string{"service", "promised", "delivered", "excused", "reported", "unknown", "short", "since", "made_up", "otherwise", "name"} {
		if _, ok := x.Delivery[1][key]; !ok {
			t.Errorf("delivery has no %s", key)
		}
	}
	for _, key := range []string{"goal", "baseline", "current", "target", "slope_per_week", "needed_per_week", "verdict", "name"} {
		if _, ok := x.Progress[0][key]; !ok {
			t.Errorf("progress has no %s", key)
		}
	}
	if st, plain, _ := stayput(t, "brief", "../../examples/simple.yaml", "--as-of", "2025-06-01", "--format", "json"); st != 0 || strings.Contains(plain, `"delivery"`) || strings.Contains(plain, `"progress"`) {
		t.Error("a part that is not there is not absent")
	}
}

// Kept briefs are the same as made ones, and are made anew exactly when something
// they rest on changed.
func TestKeptBriefs(t *testing.T) {
	dir := t.TempDir()
	cases, keep := filepath.Join(dir, "cases"), filepath.Join(dir, "kept")
	write := func(name, text string) {
		t.Helper()
		p := filepath.Join(cases, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	calendar := "calendar: CAL\nschool_year: 2025-26\ncomplete: yes\nfirst_day: 2025-08-18\nlast_day: 2026-05-29\nclosures:\n  - {from: 2025-12-22, to: 2026-01-02, name: Winter, kind: vacation}\n"
	kase := "stayput: 1\ncase: {title: NAME, jurisdiction: us-ca, calendars: [calendars/CAL.yaml]}\nrecord:\n  - {on: 2025-09-08, kind: evaluation_requested}\n"
	plans := "plans:\n  - {id: iep, kind: iep, status: in_effect, offered: 2025-08-14, effective_start: 2025-08-18, effective_end: 2026-08-17, consent: [{on: 2025-08-15, agreement: all}], services: [{id: slp, name: Speech, minutes: 30, times: 2, per: week}]}\n"
	for _, cal := range []string{"north", "south"} {
		write("calendars/"+cal+".yaml", strings.ReplaceAll(calendar, "CAL", cal))
	}
	for i, cal := range []string{"north", "north", "south", "south"} {
		write(strconv.Itoa(i)+".yaml", strings.NewReplacer("NAME", "Sample "+strconv.Itoa(i), "CAL", cal).Replace(kase)+plans)
	}
	write("logged.yaml", strings.NewReplacer("NAME", "Sample logged", "CAL", "south").Replace(kase)+plans+"delivery: {log: services.csv}\n")
	write("services.csv", "date,service,outcome\n2025-09-02,slp,delivered\n")
	run := func(what string, anew int, more ...string) string {
		t.Helper()
		st, out, errs := stayput(t, append([]string{"--lang", "en", "brief", "--all", cases, "--as-of", "2026-02-02", "--format", "jsonl", "--keep", keep, "--bar", "always"}, more...)...)
		if st != 0 || !strings.Contains(errs, "5 of 5, "+strconv.Itoa(anew)+" made anew") {
			t.Errorf("%s: %d, expected %d anew: %s", what, st, anew, errs)
		}
		_, fresh, _ := stayput(t, append([]string{"--lang", "en", "brief", "--all", cases, "--as-of", "2026-02-02", "--format", "jsonl"}, more...)...)
		if len(more) == 0 && out != fresh {
			t.Errorf("%s: kept briefs are not what is made now", what)
		}
		return out
	}
	run("first", 5)
	before := run("again", 0)
	write("calendars/north.yaml", strings.Replace(strings.ReplaceAll(calendar, "CAL", "north"), "closures:\n", "closures:\n  - {from: 2026-01-12, to: 2026-01-16, name: Snow, kind: emergency}\n", 1))
	if after := run("one calendar changed", 2); after == before {
		t.Error("a week without school changed nothing")
	}
	write("services.csv", "date,service,outcome\n2025-09-02,slp,missed_provider\n")
	run("a log changed", 1)
	write("0.yaml", strings.NewReplacer("NAME", "Sample renamed", "CAL", "north").Replace(kase)+plans)
	run("a case changed", 1)
	run("another format", 5, "--format", "json")
	run("back", 5) // one brief is kept of each case: that of the last time

	// A kept brief that was damaged is made anew.
	names, err := filepath.Glob(filepath.Join(keep, "*.brief"))
	if err != nil || len(names) != 5 {
		t.Fatal(err, names)
	}
	if err := os.WriteFile(names[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	run("one was damaged", 1)
	if info, err := os.Stat(names[1]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if st, _, errs := stayput(t, "brief", threeYears, "--keep", keep); st != 2 || !strings.Contains(errs, "--all") {
		t.Errorf("%d %s", st, errs)
	}
}
