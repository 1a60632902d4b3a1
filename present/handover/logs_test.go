package handover_test

import (
	"strings"
	"testing"

	"stayput/desk"
)

const withLogs = `stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes}
record:
  - {on: 2026-01-12, kind: note_added}
plans:
  - id: iep
    kind: iep
    effective_start: 2025-09-01
    services: [{id: slp, name: Speech, minutes: 30, times: 1, per: week}]
    goals: [{id: g1, text: Reads}]
delivery:
  log: services.csv
  sessions: [{id: typed, on: 2026-01-16, service: slp, minutes: 30, outcome: delivered}]
progress: {log: progress.csv}
`

// The logs that a case names come along beside it, and each row stands in the record.
func TestLogsBesideACase(t *testing.T) {
	d, who := office(t)
	files := map[string][]byte{
		"sol/case.yaml":    []byte(withLogs),
		"sol/services.csv": []byte("date,service,minutes,outcome,reason,provider\n2026-01-13,slp,30,delivered,,Sample Provider\n2026-01-14,slp,30,missed_provider,ill,\n"),
		"sol/progress.csv": []byte("goal,date,value\ng1,2026-01-15,7/10\n"),
	}
	p := parcel(t, files)
	look(t, d, who, p)
	c, err := d.Case(t.Context(), who, open(t, d, who, p, p.Cases[0]), desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	l := c.Logged()
	if len(l.Sessions) != 3 || len(l.Probes) != 1 || l.Sessions[1].Reason != "ill" || l.Batches[0].Lines != 4 || len(l.Batches[0].Files) != 2 || len(p.Spare) != 0 {
		t.Errorf("%+v, left over: %v", l, p.Spare)
	}

	// Without one of them the case opens and says that it is missing.
	delete(files, "sol/services.csv")
	p = parcel(t, files)
	look(t, d, who, p)
	missing := 0
	for _, f := range p.Cases[0].Files {
		if f.Part == nil {
			missing++
		}
	}
	if missing != 1 || p.Cases[0].File == nil {
		t.Errorf("%d files are missing; %v", missing, p.Cases[0].Problems)
	}
	open(t, d, who, p, p.Cases[0])

	// A row that cannot be read refuses the case, with its place.
	files["sol/services.csv"] = []byte("date,service,minutes,outcome\n2026-01-13,slp,30,delivered\n2026-02-30,slp,30,delivered\n")
	p = parcel(t, files)
	look(t, d, who, p)
	bad := p.Cases[0]
	if bad.File != nil || len(bad.Problems) != 1 || bad.Problems[0].At.Line != 3 || !strings.HasSuffix(bad.Problems[0].At.File, "services.csv") {
		t.Errorf("%+v", bad.Problems)
	}
}

// Two cases beside each other that name one log: nobody can tell whose sessions it
// holds. In folders of their own each has its own, and one without takes nobody's.
func TestLogOfTwoCases(t *testing.T) {
	d, who := office(t)
	log := []byte("date,service,minutes,outcome\n2026-01-13,slp,30,delivered\n")
	progress := []byte("goal,date,value\ng1,2026-01-15,7/10\n")
	p := parcel(t, map[string][]byte{"one.yaml": []byte(withLogs), "two.yaml": []byte(withLogs), "services.csv": log, "progress.csv": progress})
	look(t, d, who, p)
	refused := 0
	for _, c := range p.Cases {
		if c.File == nil && c.Problems[0].Key == "handover.log_shared" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("a log of two cases was given to one of them")
	}
	p = parcel(t, map[string][]byte{"1/case.yaml": []byte(withLogs), "1/services.csv": log, "1/progress.csv": progress, "2/case.yaml": []byte(withLogs)})
	look(t, d, who, p)
	for _, c := range p.Cases {
		own := strings.HasPrefix(c.Part.Path, "1/")
		if c.File == nil || (c.Log != nil) != own {
			t.Errorf("%s: %v, log %v", c.Part.Path, c.Problems, c.Log)
		}
	}
}
