package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/locale"
	"stayput/measure"
)

// A small picture has a title and a description, whatever it is drawn from, and is
// sound XML without a number that is none.
func TestSmall(t *testing.T) {
	on := day.Must(2025, 9, 10)
	for name, levels := range map[string][]float64{"none": nil, "one": {5}, "constant": {5, 5, 5}, "falls": {9, 7, 5, 3}, "far": {-1e9, 1e9}} {
		var ps []measure.Probe
		for i, v := range levels {
			ps = append(ps, measure.Probe{Goal: "g", On: on.Add(7 * i), Value: measure.Number(v)})
		}
		r := progress.Derive(progress.Goal{ID: "g", Baseline: progress.Say(measure.Number(9)), BaselineOn: on, Target: progress.Say(measure.Number(1)), By: on.Add(200)}, ps, progress.Around{AsOf: on.Add(60)})
		for _, lang := range locale.Languages {
			cat, _ := locale.For(lang)
			svg := string(Small(cat, Picture{ID: "a <b>", Name: `"x" & <y>`, AsOf: on, Result: r}))
			for _, part := range []string{"<title id=", "<desc id=", `role="img"`, "aria-labelledby="} {
				if !strings.Contains(svg, part) {
					t.Errorf("%s: no %s in %s", name, part, svg)
				}
			}
			if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") || strings.Contains(svg, "style=") || math.Abs(float64(strings.Count(svg, "<circle")-len(r.Points))) > 0 {
				t.Errorf("%s: %s", name, svg)
			}
			d := xml.NewDecoder(strings.NewReader(svg))
			for {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	}
}
