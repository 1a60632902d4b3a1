package progressfile_test

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/progressfile"
	"stayput/measure"
)

// What is written into a case file comes back as it was.
func TestNodeLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom([]string{"", "x", "with: colon", "ñandú, \"quoted\"", "# no comment", "0123", "yes", "two\nlines"})
		on := func() day.Date { return day.Must(2025, 9, 1).Add(rapid.IntRange(0, 300).Draw(rt, "on")) }
		var probes []measure.Probe
		for range rapid.IntRange(0, 5).Draw(rt, "probes") {
			p := measure.Probe{ID: text.Draw(rt, "id"), Goal: rapid.SampledFrom([]string{"g1", "2"}).Draw(rt, "goal"), On: on(), Unit: text.Draw(rt, "unit"), Phase: text.Draw(rt, "phase"), Note: text.Draw(rt, "note"), By: text.Draw(rt, "by")}
			switch rapid.IntRange(0, 3).Draw(rt, "kind") {
			case 0:
				p.Missing = true
			case 1:
				p.Value = measure.Number(float64(rapid.IntRange(-50, 5000).Draw(rt, "n")) / 4)
			case 2:
				p.Value = measure.PercentOf(float64(rapid.IntRange(0, 200).Draw(rt, "n")) / 2)
			default:
				p.Value = measure.Trials(float64(rapid.IntRange(0, 5).Draw(rt, "n")), float64(rapid.IntRange(5, 20).Draw(rt, "of")))
			}
			probes = append(probes, p)
		}
		var sightings []measure.Sighting
		amount := rapid.SampledFrom([]float64{measure.Unsaid, 0, 3, 12.5})
		for range rapid.IntRange(0, 4).Draw(rt, "sightings") {
			sightings = append(sightings, measure.Sighting{ID: text.Draw(rt, "id"), Goal: text.Draw(rt, "goal"), On: on(), Minutes: amount.Draw(rt, "minutes"), Count: amount.Draw(rt, "count"),
				Seconds: amount.Draw(rt, "seconds"), Before: text.Draw(rt, "before"), What: text.Draw(rt, "what"), After: text.Draw(rt, "after"), By: text.Draw(rt, "by")})
		}
		var b bytes.Buffer
		if err := yaml.Write(&b, progressfile.Node(probes, sightings)); err != nil {
			rt.Fatal(err)
		}
		n, err := yaml.Read("x.yaml", b.Bytes(), yaml.DefaultLimits)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := progressfile.FromNode(n)
		if err != nil {
			rt.Fatalf("%v\n%s", err, b.String())
		}
		if !slices.Equal(got.Probes.Probes, probes) || !slices.Equal(got.Probes.Sightings, sightings) {
			rt.Fatalf("%s\n%+v\n%+v\n%+v\n%+v", b.String(), got.Probes.Probes, probes, got.Probes.Sightings, sightings)
		}
	})
}

func TestSightingsRefused(t *testing.T) {
	for text, key := range map[string]string{
		"sightings: [{count: 3}]":                                "yaml.missing_key",
		"sightings: [{on: 2025-13-01}]":                          "progress.file.not_a_day",
		"sightings: [{on: 1925-10-01}]":                          "progress.file.year",
		"sightings: [{on: 2025-10-01, count: -1}]":               "progress.file.not_a_number",
		"sightings: [{on: 2025-10-01, minutes: .inf}]":           "progress.file.not_a_number",
		"sightings: [{on: 2025-10-01, how: often}]":              "yaml.unknown_key",
		"sightings: [often]":                                     "yaml.want_map",
		"probes: [{goal: g, date: 2025-10-01, value: 1, on: 1}]": "yaml.unknown_key",
	} {
		n, err := yaml.Read("x.yaml", []byte(text), yaml.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := progressfile.FromNode(n); err == nil || fault.All(err)[0].Key != key || fault.All(err)[0].At.Line == 0 {
			t.Errorf("%s: %v", text, err)
		}
	}
}
