package review_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"stayput/derive/plan/compare"
	"stayput/derive/plan/review"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/plan"
	"stayput/plan/plantest"
	spoken "stayput/present/review"
)

func catalogs(t *testing.T) (out []*locale.Catalog) {
	t.Helper()
	for _, lang := range []string{"en", "es"} {
		c, ok := locale.For(lang)
		if !ok {
			t.Fatal(lang)
		}
		out = append(out, c)
	}
	return out
}

// Every finding, change, field and word of a plan has a text in both languages.
func TestEveryWordHasAText(t *testing.T) {
	for _, cat := range catalogs(t) {
		need := func(prefix string, words ...string) {
			for _, w := range words {
				if key := prefix + strings.ReplaceAll(w, "-", "_"); !cat.Has(key) {
					t.Errorf("%s has no %s", cat.Lang(), key)
				}
			}
		}
		need("plan_says.", review.Names()...)
		need("plan_ask.", review.Names()...)
		for _, k := range compare.Kinds {
			need("plan_change.", string(k))
		}
		need("plan_kind.", plan.Kind("").Words()...)
		need("plan_per.", plan.Period("").Words()...)
		need("plan_delivery.", plan.Delivery("").Words()...)
		need("plan_component.", string(plan.Goals), string(plan.ServiceLines), string(plan.Accommodations), string(plan.Placement), string(plan.Decisions), string(plan.AfterSchool))
		need("plan_decision.", plan.DecisionNames...)
		need("plan_severity.", string(review.Required), string(review.Ask))
	}
}

func sample(t *testing.T, name string) (*plan.Plan, []review.Finding) {
	t.Helper()
	path := "../../intake/planfile/testdata/samples/" + name
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := casefile.Read(path, data)
	if err != nil {
		t.Fatal(err)
	}
	p, err := planfile.Read(f.Plans[0].Node)
	if err != nil {
		t.Fatal(err)
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := book.For("us-ca")
	if err != nil {
		t.Fatal(err)
	}
	return p, review.Plan(review.Input{Plan: p, All: []*plan.Plan{p}, Law: l, Goals: spoken.Goals})
}

var blank = regexp.MustCompile(`\{[a-z_]+\}|plan_[a-z]+\.`)

// No sentence is left with a blank or a bare key, in either language.
func TestSentencesAreFilled(t *testing.T) {
	empty := &plan.Plan{ID: "e", Kind: plan.IEP, Complete: 2}
	pieces := &plan.Plan{ID: "q", Kind: plan.IEP, Services: []plan.Service{{Name: "Speech"}}}
	for _, cat := range catalogs(t) {
		var b bytes.Buffer
		for _, name := range []string{"seis-a.yaml", "ny-a.yaml", "oh-a.yaml", "504-a.yaml"} {
			p, fs := sample(t, name)
			spoken.PlanText(&b, cat, p)
			spoken.ReviewText(&b, cat, p, fs, true)
			spoken.ReviewText(&b, cat, p, fs, false)
			spoken.CompareText(&b, cat, compare.Plans(p, plantest.Long(0)))
			if err := spoken.ReviewJSON(&b, cat, fs); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range []*plan.Plan{empty, pieces} {
			spoken.PlanText(&b, cat, p)
			spoken.ReviewText(&b, cat, p, review.Plan(review.Input{Plan: p}), true)
		}
		for seed := range 40 {
			n := uint32(seed*7919 + 1)
			pick := func(top int) int { n = n*1664525 + 1013904223; return int(n>>16) % top }
			x, y := plantest.Draw("x", pick), plantest.Draw("y", pick)
			spoken.CompareText(&b, cat, compare.Plans(x, y))
			spoken.ReviewText(&b, cat, x, review.Plan(review.Input{Plan: x, All: []*plan.Plan{x, y}, Previous: y}), true)
		}
		for _, found := range blank.FindAllString(b.String(), 5) {
			t.Errorf("%s: %s is left", cat.Lang(), found)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if cat.Lang() == "es" && (strings.Contains(line, "Ask ") || strings.Contains(line, "The law")) {
				t.Errorf("English in Spanish: %s", line)
			}
		}
	}
}

// The JSON has the keys of the contract.
func TestReviewJSON(t *testing.T) {
	_, fs := sample(t, "seis-a.yaml")
	var b bytes.Buffer
	if err := spoken.ReviewJSON(&b, catalogs(t)[0], fs); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Review []struct {
			Plan, Item, Finding, Severity, Message, Citation, Checked string
			First                                                     bool
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	first := 0
	for _, f := range got.Review {
		if f.Plan != "iep-2026" || f.Finding == "" || f.Message == "" || f.Severity != "required" && f.Severity != "ask" {
			t.Errorf("%+v", f)
		}
		if f.First {
			first++
		}
		if f.Finding == "goal-not-measurable" && (f.Item != "g2" || f.Citation == "" || f.Checked != "primary") {
			t.Errorf("%+v", f)
		}
	}
	if first != review.Top {
		t.Errorf("%d are shown first", first)
	}
}
