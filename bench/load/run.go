package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"stayput/people"
	"stayput/test/trouble"
)

// What was promised, docs/performance.md.
const (
	promisedTime  = 50.0 // milliseconds of server time, 99 of 100
	promisedFirst = 200  // KB, the first visit with everything it loads
	promisedLater = 30   // KB, a later page
	promisedStart = 500.0
	promisedRSS   = 150 // MB
)

// A kind of page, and how to make the path of one.
type kind struct {
	name string
	path func(*rand.Rand) string
}

// A sample is one answer.
type sample struct {
	server, wall float64 // milliseconds
	bytes        int
	failed       bool
}

type load struct {
	o    options
	out  io.Writer
	b    *trouble.Browser
	sp   space
	seen map[string][]sample
	mu   sync.Mutex
	fail map[string]int // by page and status
	much bool           // a promise is missed by more than twice
}

func run(o options, out io.Writer) (missed bool, err error) {
	dir, err := os.MkdirTemp("", "stayput-load-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	folder := filepath.Join(dir, "data")
	began := time.Now()
	sp, err := fill(context.Background(), folder, o)
	if err != nil {
		return false, err
	}
	fmt.Fprintf(out, "made %d cases, one of %d entries, in %s\n", o.cases, o.entries, time.Since(began).Round(100*time.Millisecond))
	if o.profile != "" {
		return false, profile(context.Background(), folder, o.profile, sp)
	}
	bin, err := trouble.Build(dir)
	if err != nil {
		return false, err
	}
	l := &load{o: o, out: out, sp: sp, seen: map[string][]sample{}, fail: map[string]int{}}
	with := trouble.Options{Env: []string{"GOMAXPROCS=2"}}
	if o.env != "" {
		with.Env = append(with.Env, o.env)
	}
	if _, err := exec.LookPath("taskset"); err == nil && runtime.NumCPU() > 2 {
		with.Wrap = []string{"taskset", "-c", "0,1"}
	}
	fresh, err := coldStart(with, bin, func() string { d, _ := os.MkdirTemp(dir, "fresh-"); return d })
	if err != nil {
		return false, err
	}
	full, err := coldStart(with, bin, func() string { return folder })
	if err != nil {
		return false, err
	}

	p, err := trouble.Start(with, bin, folder)
	if err != nil {
		return false, err
	}
	defer p.Kill()
	if l.b, err = p.Enter(); err != nil {
		return false, err
	}
	defer l.b.Close()
	kinds, err := l.kinds()
	if err != nil {
		return false, err
	}
	first, err := l.firstVisit()
	if err != nil {
		return false, err
	}
	resting, _, err := p.Memory()
	if err != nil {
		return false, err
	}
	before, own, started := machine(), spent(p.PID()), spent(os.Getpid())
	l.drive(kinds)
	after, used := machine(), spent(p.PID())-own
	now, most, err := p.Memory()
	if err != nil {
		return false, err
	}
	l.table()
	if all := after.all - before.all; all > 0 {
		mine := spent(os.Getpid()) - started
		others := max(0, after.busy-before.busy-used-mine)
		fmt.Fprintf(out, "\nof the machine's %d cores the program took %.0f %% of one, this command %.0f %%, other work %.0f %%", runtime.NumCPU(),
			100*used/float64(o.seconds), 100*mine/float64(o.seconds), 100*others/float64(o.seconds))
		if others > 0.1*all {
			fmt.Fprint(out, ": TOO MUCH ELSE WENT ON, measure again")
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "\n%-58s %10s %10s\n", "", "measured", "promised")
	line := func(what string, got, promise float64, unit string) {
		mark := ""
		if got > promise {
			mark = "  MISSED"
			if got > 2*promise {
				mark, l.much = "  MISSED BY MORE THAN TWICE", true
			}
		}
		fmt.Fprintf(out, "%-58s %7.0f %s %7.0f %s%s\n", what, got, unit, promise, unit, mark)
	}
	line("first visit, with style, script, type and icons", float64(first)/1024, promisedFirst, "KB")
	line("cold start to the first page, new folder, median of 5", fresh, promisedStart, "ms")
	line(fmt.Sprintf("cold start to the first page, %d cases, median of 5", o.cases), full, promisedStart, "ms")
	line("resident memory before the run", float64(resting)/(1<<20), promisedRSS, "MB")
	line("resident memory after the run", float64(now)/(1<<20), promisedRSS, "MB")
	line("resident memory at most", float64(most)/(1<<20), promisedRSS, "MB")
	return l.much, p.Stop()
}

// coldStart is the time from the program's start to the end of its first page,
// in milliseconds, the median of five.
func coldStart(with trouble.Options, bin string, folder func() string) (float64, error) {
	var all []float64
	for range 5 {
		p, err := trouble.Start(with, bin, folder())
		if err != nil {
			return 0, err
		}
		b, err := p.Enter()
		if err == nil {
			var a *trouble.Answer
			path := "/"
			for range 3 { // a new folder leads on to the first run
				if a, err = b.Get(path); err != nil || a.Status != http.StatusSeeOther {
					break
				}
				path = a.Header.Get("Location")
			}
			if err == nil && (a.Status != http.StatusOK || !strings.Contains(a.Body, "</html>")) {
				err = fmt.Errorf("the first page was answered with %d", a.Status)
			}
			all = append(all, float64(time.Since(p.Started).Microseconds())/1000)
			b.Close()
		}
		if e := p.Stop(); err == nil {
			err = e
		}
		if err != nil {
			return 0, err
		}
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// kinds are all pages of the program, those that a case has once for the long case
// and once for the short ones. A page that is not there is left out and named.
func (l *load) kinds() ([]kind, error) {
	large := "/cases/" + string(l.sp.large)
	var out []kind
	var absent []string
	links := func(page, begins, not string) []string {
		a, err := l.b.Get(page)
		if err != nil || a.Status != http.StatusOK {
			return nil
		}
		var found []string
		for _, x := range trouble.Links(a.Body) {
			path, _, _ := strings.Cut(x, "?")
			if strings.HasPrefix(path, begins) && path != begins && (not == "" || !strings.Contains(path, not)) {
				found = append(found, x)
			}
		}
		return found
	}
	add := func(name string, paths ...string) {
		if !strings.HasPrefix(name, l.o.only) {
			return
		}
		if len(paths) > 0 {
			if a, err := l.b.Get(paths[0]); err == nil && a.Status == http.StatusOK {
				out = append(out, kind{name, func(r *rand.Rand) string { return paths[r.IntN(len(paths))] }})
				return
			}
		}
		absent = append(absent, name)
	}
	each := func(end string) []string {
		var all []string
		for _, c := range l.sp.small {
			all = append(all, "/cases/"+string(c)+end)
		}
		return all
	}
	add("today", "/")
	add("cases", "/cases")
	add("cases by name", "/cases?sort=name")
	for _, p := range []struct{ name, end string }{
		{"case", ""}, {"record", "/record"}, {"clocks", "/clocks"}, {"rights", "/rights"}, {"case law", "/law"},
		{"add", "/add"}, {"add form", "/add?any=1"}, {"edit", "/edit"}, {"cards", "/cards"}, {"export", "/export"},
	} {
		add("long: "+p.name, large+p.end)
		add("short: "+p.name, each(p.end)...)
	}
	add("long: record, page 50", large+"/record?from="+strconv.Itoa(l.o.entries/2))
	add("long: record, one kind", large+"/record?kind=contact")
	add("long: record, words", large+"/record?q=speech", large+"/record?q=bus+late")
	entries := links(large+"/record", large+"/record/", "/record/new")
	add("long: entry", entries...)
	add("long: one clock", links(large+"/clocks", large+"/clocks/", "")...)
	add("long: clocks, page 2", large+"/clocks?view=table&page=2")
	add("search", "/search?q=speech", "/search?q=bus")
	add("calendars", "/calendars")
	add("one calendar", links("/calendars", "/calendars/", "/calendars/new")...)
	add("law", "/law")
	add("law rules", "/law/rules")
	add("one rule", links("/law/rules", "/law/rules/", "")...)
	add("glossary", "/law/glossary")
	add("myths", "/law/myths")
	add("help", "/help")
	add("one help", links("/help", "/help/", "")...)
	add("settings", "/settings")
	add("import", "/import")
	if len(absent) > 0 {
		fmt.Fprintf(l.out, "not there, left out: %s\n", strings.Join(absent, ", "))
	}
	if len(out) == 0 {
		return nil, errors.New("no page answers")
	}
	return out, nil
}

// drive sends so many requests a second, whatever the answers take.
func (l *load) drive(kinds []kind) {
	r := rand.New(rand.NewPCG(l.o.seed, 0x10ad))
	var wg sync.WaitGroup
	n := l.o.rate * l.o.seconds
	began := time.Now()
	for i := range n {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(l.o.rate))))
		if i%20 == 19 && !l.o.reading {
			id, who := l.sp.large, "long"
			if i%40 == 19 {
				id, who = l.sp.small[r.IntN(len(l.sp.small))], "short"
			}
			wg.Go(func() { l.write(who, id, i) })
			continue
		}
		// A page of its own turn, so that each is asked for equally often.
		k := kinds[i%len(kinds)]
		path := k.path(r)
		wg.Go(func() { l.get(k.name, path) })
	}
	wg.Wait()
	what := "one in twenty a new entry, half of these in the long case"
	if l.o.reading {
		what = "reading only"
	}
	fmt.Fprintf(l.out, "%d requests in %s, %d a second; %s\n\n", n, time.Since(began).Round(100*time.Millisecond), l.o.rate, what)
}

var appTime = regexp.MustCompile(`app;dur=([0-9.]+)`)

// ask sends one request and notes what came back.
func (l *load) ask(name string, r *http.Request, want int) *http.Response {
	r.Header.Set("Accept-Encoding", "gzip")
	began := time.Now()
	resp, err := l.b.Client.Do(r)
	s := sample{failed: true}
	status := 0
	if err == nil {
		n, e := io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		status = resp.StatusCode
		s = sample{bytes: int(n), wall: float64(time.Since(began).Microseconds()) / 1000, failed: e != nil || status != want}
		if m := appTime.FindStringSubmatch(resp.Header.Get("Server-Timing")); m != nil {
			s.server, _ = strconv.ParseFloat(m[1], 64)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[name] = append(l.seen[name], s)
	if s.failed {
		l.fail[fmt.Sprintf("%s: %d", name, status)]++
	}
	return resp
}

func (l *load) get(name, path string) {
	r, err := http.NewRequest(http.MethodGet, l.b.Base+path, nil)
	if err == nil {
		l.ask(name, r, http.StatusOK)
	}
}

// write adds an entry, and goes where the answer leads, as a browser does.
func (l *load) write(who string, id people.CaseID, i int) {
	body, kind, err := trouble.Parts(trouble.EntryForm(trouble.NewName(), fmt.Sprintf("Call %d: the speech group is full.", i)))
	if err != nil {
		return
	}
	r, err := http.NewRequest(http.MethodPost, l.b.Base+"/cases/"+string(id)+"/add?any=1", bytes.NewReader(body))
	if err != nil {
		return
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Origin", l.b.Base)
	resp := l.ask(who+": a new entry", r, http.StatusSeeOther)
	if resp != nil && resp.StatusCode == http.StatusSeeOther {
		l.get(who+": case after a new entry", resp.Header.Get("Location"))
	}
}

// firstVisit is what the first page and all it loads take over the wire, in bytes.
func (l *load) firstVisit() (int, error) {
	total := 0
	seen := map[string]bool{}
	var visit func(path string) error
	refs := regexp.MustCompile(`(?:src|href)="(/static/[^"#]+)|url\(["']?(/static/[^"')#]+|[a-z0-9-]+\.(?:woff2|svg)[^"')#]*)`)
	visit = func(path string) error {
		if seen[path] {
			return nil
		}
		seen[path] = true
		r, err := http.NewRequest(http.MethodGet, l.b.Base+path, nil)
		if err != nil {
			return err
		}
		r.Header.Set("Accept-Encoding", "gzip")
		resp, err := l.b.Client.Do(r)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil {
			return err
		}
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("%s was answered with %d", path, resp.StatusCode)
		}
		total += len(data)
		if resp.Header.Get("Content-Encoding") == "gzip" {
			z, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				return err
			}
			if data, err = io.ReadAll(z); err != nil {
				return err
			}
		}
		if t := resp.Header.Get("Content-Type"); !strings.HasPrefix(t, "text/html") && !strings.HasPrefix(t, "text/css") {
			return nil
		}
		for _, m := range refs.FindAllStringSubmatch(string(data), -1) {
			to := m[1] + m[2]
			if !strings.HasPrefix(to, "/") {
				to = "/static/" + to
			}
			if err := visit(to); err != nil {
				return err
			}
		}
		return nil
	}
	return total, visit("/")
}

// table prints the figures of every page, the slowest first.
func (l *load) table() {
	type row struct {
		name                          string
		n, failed                     int
		p50, p90, p99, max, wall, wMx float64
		bytes                         int
	}
	figures := func(name string, all []sample) row {
		x := row{name: name, n: len(all)}
		var server, wall []float64
		for _, s := range all {
			if s.failed {
				x.failed++
				continue
			}
			server, wall = append(server, s.server), append(wall, s.wall)
			x.bytes = max(x.bytes, s.bytes)
		}
		slices.Sort(server)
		slices.Sort(wall)
		x.p50, x.p90, x.p99, x.max = at(server, 50), at(server, 90), at(server, 99), at(server, 100)
		x.wall, x.wMx = at(wall, 50), at(wall, 99)
		return x
	}
	var rows []row
	var all []sample
	for name, s := range l.seen {
		rows = append(rows, figures(name, s))
		all = append(all, s...)
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.p99 != b.p99 {
			return int(1000 * (b.p99 - a.p99))
		}
		return strings.Compare(a.name, b.name)
	})
	rows = append(rows, figures("all", all))
	fmt.Fprintf(l.out, "%-28s %5s %7s %7s %7s %7s  %7s %7s  %7s %6s\n", "server time in ms", "n", "p50", "p90", "p99", "max", "wall 50", "wall 99", "KB most", "failed")
	for _, x := range rows {
		mark := ""
		if x.p99 > promisedTime {
			mark += fmt.Sprintf("  p99 over %.0f ms", promisedTime)
		}
		kb := float64(x.bytes) / 1024
		if kb > promisedLater {
			mark += fmt.Sprintf("  over %d KB", promisedLater)
		}
		if x.name == "all" && x.p99 > 2*promisedTime || kb > 2*promisedLater || x.failed > 0 {
			l.much = true
		}
		if x.name == "all" {
			fmt.Fprintln(l.out)
		}
		fmt.Fprintf(l.out, "%-28s %5d %7.1f %7.1f %7.1f %7.1f  %7.1f %7.1f  %7.1f %6d%s\n", x.name, x.n, x.p50, x.p90, x.p99, x.max, x.wall, x.wMx, kb, x.failed, mark)
	}
	for what, n := range l.fail {
		fmt.Fprintf(l.out, "failed %d times: %s\n", n, what)
	}
}

// at is the value below which so many of a hundred lie, of sorted values.
func at(sorted []float64, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

// A use of the machine since it was started, in seconds of one core.
type use struct{ all, busy float64 }

// tick is the unit of the kernel's times, the same on every Linux of ours.
const tick = 0.01

// machine reads how busy all cores were. Zero where the system does not say.
func machine() (u use) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return u
	}
	line, _, _ := strings.Cut(string(data), "\n")
	for i, f := range strings.Fields(line)[1:] {
		n, _ := strconv.ParseFloat(f, 64)
		if i >= 8 { // guests are counted already
			break
		}
		u.all += n * tick
		if i != 3 && i != 4 { // idle, waiting for a disk
			u.busy += n * tick
		}
	}
	return u
}

// spent is the time a process had on the cores.
func spent(pid int) float64 {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(f[11], 64)
	system, _ := strconv.ParseFloat(f[12], 64)
	return (user + system) * tick
}
