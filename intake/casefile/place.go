package casefile

import (
	"strings"

	"stayput/fault"
	"stayput/format/yaml"
)

// States are the two letters of each state and the District of Columbia, with
// the name by which somebody may write it.
var States = map[string]string{
	"al": "alabama", "ak": "alaska", "az": "arizona", "ar": "arkansas", "ca": "california", "co": "colorado",
	"ct": "connecticut", "de": "delaware", "dc": "district of columbia", "fl": "florida", "ga": "georgia", "hi": "hawaii",
	"id": "idaho", "il": "illinois", "in": "indiana", "ia": "iowa", "ks": "kansas", "ky": "kentucky", "la": "louisiana",
	"me": "maine", "md": "maryland", "ma": "massachusetts", "mi": "michigan", "mn": "minnesota", "ms": "mississippi",
	"mo": "missouri", "mt": "montana", "ne": "nebraska", "nv": "nevada", "nh": "new hampshire", "nj": "new jersey",
	"nm": "new mexico", "ny": "new york", "nc": "north carolina", "nd": "north dakota", "oh": "ohio", "ok": "oklahoma",
	"or": "oregon", "pa": "pennsylvania", "ri": "rhode island", "sc": "south carolina", "sd": "south dakota",
	"tn": "tennessee", "tx": "texas", "ut": "utah", "vt": "vermont", "va": "virginia", "wa": "washington",
	"wv": "west virginia", "wi": "wisconsin", "wy": "wyoming",
}

// jurisdiction reads `us`, or `us-` and the two letters of a state.
func (r *reader) jurisdiction(n *yaml.Node) string {
	got := r.Text(n)
	if got == "" || got == "us" {
		return got
	}
	if len(got) == 5 && got[:3] == "us-" && States[got[3:]] != "" {
		return got
	}
	r.Fail(n.At, "case.unknown_jurisdiction", "got", got, "nearest", nearJurisdiction(got))
	return ""
}

func nearJurisdiction(got string) string {
	low := strings.ToLower(strings.TrimSpace(got))
	low = strings.TrimPrefix(strings.ReplaceAll(low, "_", "-"), "us-")
	if low == "us" || low == "usa" || low == "federal" {
		return "us"
	}
	if States[low] != "" {
		return "us-" + low
	}
	names := make([]string, 0, len(States))
	for _, name := range States {
		names = append(names, name)
	}
	near := fault.Nearest(low, names)
	for code, name := range States {
		if len(low) > 3 && name == near {
			return "us-" + code
		}
	}
	return ""
}
