package web

import (
	"os"
	"testing"
	"time"

	"fmt"
	"net/http"
	"regexp"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/measure"
	"stayput/people"
)

func TestLookGoals(t *testing.T) {
	h := goalsHouse(t)
	h.flat(t)
	h.secondPlan(t)
	var seen []measure.Sighting
	for i := range 12 {
		seen = append(seen, measure.Sighting{Goal: "hits", On: wednesday.Add(7 * i), Minutes: float64(20 + 10*(i%2)), Count: float64(9 - i/2), Seconds: float64(40 + 5*i), Before: []string{"asked to write", "waiting"}[i%2], What: "hit", After: []string{"sent out", "break"}[i%2], By: "aide"})
	}
	h.add(t, desk.NewLog{Sightings: seen})
	h.add(t, desk.NewLog{Probes: weekly("hits", 8, 8, 7, 6, 6, 5, 5, 4, 3, 3, 2, 2)})
	h.add(t, desk.NewLog{Probes: []measure.Probe{{Goal: "help", On: wednesday, Value: measure.Trials(2, 10)}, {Goal: "help", On: wednesday.Add(9), Value: measure.Trials(3, 10)}, {Goal: "help", On: day.Must(2026, 1, 19), Value: measure.Number(5)}, {Goal: "help", On: wednesday.Add(16), Value: measure.Trials(3, 4)}}})
	os.WriteFile("/tmp/fnd/goals/link", []byte(h.server.URL+h.site.NewLink()+"\n"+h.path+"\n"), 0o600)
	for range 1500 {
		if _, err := os.Stat("/tmp/fnd/goals/stop"); err == nil {
			return
		}
		if _, err := os.Stat("/tmp/fnd/goals/more"); err == nil {
			os.Remove("/tmp/fnd/goals/more")
			os.WriteFile("/tmp/fnd/goals/link", []byte(h.server.URL+h.site.NewLink()+"\n"+h.path+"\n"), 0o600)
		}
		time.Sleep(time.Second)
	}
}

func TestRightsGoals(t *testing.T) {
	w := settle(t, nil)
	n := 0
	for _, rt := range w.site.routes() {
		wished := wishes[rt.name]
		if wished == nil || !(strings.Contains(rt.pattern, "/carry/goals") || strings.Contains(rt.pattern, "/carry/probes") || strings.Contains(rt.pattern, "/carry/behavior")) {
			continue
		}
		for _, name := range w.names() {
			for _, c := range []people.CaseID{w.one, w.two, w.other} {
				p := w.people[name]
				x := &cell{town: w.as(name), name: name, p: p, c: c, needs: rt.needs}
				q := wished(x)
				should := w.should(p, rt.needs, c)
				before := ""
				if !should {
					before = w.digest()
				}
				a := x.send(q.method, q.path, q.body, q.header)
				n++
				what := fmt.Sprintf("%s by %q in %s", rt.name, name, c)
				switch {
				case should && q.want != "":
					if got := fmt.Sprint(a.status, " ", a.header.Get("Location")); !regexp.MustCompile(q.want).MatchString(got) {
						t.Errorf("%s gave %s, want %s", what, got, q.want)
					}
				case should && a.status >= 400:
					t.Errorf("%s denied: %d %.200s", what, a.status, tagless(a.body))
				case !should && !isDenied(a):
					t.Errorf("%s not denied: %d %s", what, a.status, a.header.Get("Location"))
				case !should && w.digest() != before:
					t.Errorf("%s changed the store", what)
				}
			}
		}
	}
	t.Log(n, http.StatusOK)
}
