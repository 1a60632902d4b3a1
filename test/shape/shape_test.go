package shape

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "stayput/"

// may says what each package, or each folder of packages, may import of ours.
// A trailing slash stands for everything below. The longest match counts.
var may = map[string][]string{
	"fault":                     {},
	"day":                       {},
	"format/":                   {"fault"},
	"format/ics":                {"fault", "day", "format/yaml"},
	"format/docx":               {"format/document", "format/raster"},
	"format/raster":             {"format/document", "format/pdf"},
	"format/pdf":                {"fault", "format/document"},
	"format/markup":             {"fault", "format/document"},
	"format/plain":              {"format/document", "format/wrap"},
	"format/mail":               {"fault"},
	"locale":                    {"fault", "day", "format/yaml", "fact"},
	"fact":                      {"day", "fault"},
	"plan":                      {"day", "fact"},
	"measure":                   {"day"},
	"record":                    {"fact", "day", "fault"},
	"record/seal":               {},
	"people":                    {},
	"people/credential":         {},
	"guide":                     {"fact", "fault", "format/yaml"},
	"paper":                     {"fact", "fault", "format/yaml"},
	"law":                       {"fact", "day", "fault", "law/rule"},
	"law/rule":                  {"fact", "day", "fault"},
	"law/pack":                  {"fact", "day", "fault", "law", "law/rule", "format/yaml"},
	"law/packs":                 {"law", "law/pack", "format/yaml"},
	"law/packs/gen":             {"law/pack", "law/packs"},
	"derive/trace":              {"law", "day", "fact", "fault"},
	"derive/clock":              {"record", "law", "law/rule", "fact", "day", "fault", "derive/trace"},
	"derive/goal":               {},
	"derive/goal/labelled":      {"derive/goal", "format/yaml", "fault"},
	"derive/reading":            {},
	"derive/passage":            {"derive/reading"},
	"bench/goals":               {"derive/goal/labelled"},
	"derive/discipline":         {"record", "law", "fact", "day"},
	"derive/checkin":            {"record", "fact", "day"},
	"present/checkin":           {"derive/checkin", "plan", "format/yaml", "locale"},
	"derive/callout":            {"record", "law", "fact", "day", "derive/limit", "derive/discipline", "derive/dispute"},
	"derive/draft":              {"paper", "record", "law", "fact", "day", "plan", "derive/brief", "derive/claims", "derive/clock", "derive/delivery", "derive/discipline", "derive/dispute", "derive/meeting", "derive/program", "derive/refusal", "derive/remedy", "derive/lookback", "derive/limit", "derive/plan/review", "plan/session", "measure"},
	"derive/packet":             {"paper", "record", "fact", "day", "measure", "derive/brief", "derive/claims", "derive/clock", "derive/delivery", "derive/draft", "derive/meeting", "derive/refusal"},
	"derive/claims":             {"record", "law", "fact", "day", "plan", "derive/clock", "derive/limit", "derive/lookback", "derive/plan/review"},
	"derive/rejection":          {"record", "law", "fact", "day", "plan", "derive/clock", "derive/program", "derive/plan/review"},
	"derive/partnership":        {"record", "fact", "day"},
	"derive/limit":              {"record", "law", "fact", "day", "fault", "derive/trace", "derive/clock"},
	"derive/remedy":             {"record", "law", "fact", "day", "derive/clock", "derive/limit"},
	"derive/next":               {"record", "law", "fact", "day", "fault", "derive/trace", "derive/clock", "derive/limit", "derive/delivery", "derive/progress", "derive/rejection", "derive/partnership", "derive/remedy"},
	"derive/brief":              {"record", "law", "fact", "day", "fault", "plan", "derive/trace", "derive/clock", "derive/limit", "plan/session", "measure", "derive/discipline", "derive/next", "derive/program", "derive/delivery", "derive/progress", "derive/plan/review", "derive/route", "derive/dispute", "derive/remedy"},
	"derive/route":              {"record", "law", "law/rule", "fact", "day", "plan", "derive/clock", "derive/limit", "derive/program"},
	"derive/dispute":            {"record", "law", "fact", "day", "derive/clock", "derive/limit", "derive/program", "derive/route"},
	"plan/plantest":             {"plan", "fact", "day"},
	"fact/facttest":             {"fact", "day"},
	"derive/brief/brieftest":    {"derive/brief", "law/packs", "fact", "fact/facttest", "day"},
	"derive/plan/compare":       {"plan", "fact", "day"},
	"derive/plan/review":        {"plan", "derive/reading", "law", "fact", "day"},
	"derive/progress":           {"measure", "plan", "day"},
	"derive/joined":             {"derive/progress", "day"},
	"derive/program":            {"plan", "derive/plan/compare", "record", "law", "fact", "day"},
	"plan/session":              {"plan", "day"},
	"derive/delivery":           {"plan", "plan/session", "derive/program", "fact", "day"},
	"derive/delivery/comp":      {"derive/delivery", "plan", "law", "day"},
	"derive/meeting":            {"derive/clock", "record", "law", "plan", "fact", "day"},
	"derive/items":              {"derive/program", "plan", "record", "fact", "day"},
	"derive/refusal":            {"derive/clock", "record", "law", "plan", "fact", "day"},
	"derive/outside":            {"derive/clock", "record", "law", "fact", "day"},
	"derive/lookback":           {"derive/delivery", "derive/limit", "derive/clock", "record", "law", "plan", "plan/session", "fact", "day"},
	"intake/planfile":           {"plan", "fact", "day", "fault", "format/yaml"},
	"intake/logtable":           {"fault"},
	"intake/progressfile":       {"intake/logtable", "measure", "day", "fault", "format/yaml"},
	"intake/":                   {"fact", "day", "fault", "format/"},
	"intake/caseload":           {"fact", "day", "fault", "intake/casefile"},
	"intake/servicelog":         {"intake/logtable", "plan", "plan/session", "day", "fault", "format/yaml", "intake/caseload"},
	"intake/casefile/schemagen": {"intake/casefile", "intake/calendar", "intake/planfile"},
	"intake/casedir":            {"fact", "day", "fault", "format/", "intake/casefile", "intake/calendar", "intake/servicelog", "intake/progressfile", "measure", "plan/session"},
	"lawtest":                   {"fact", "day", "fault", "format/yaml", "law", "law/pack", "law/rule", "derive/", "plan", "intake/planfile", "intake/casefile", "intake/calendar", "intake/casedir", "lawtest/recount"},
	"lawtest/recount":           {},
	"decisions":                 {"fact", "day", "fault", "plan", "plan/session", "format/yaml", "law", "law/pack", "law/packs", "derive/", "record", "intake/", "examples", "lawtest"},
	"examples":                  {},
	"desk":                      {"people", "people/credential", "record", "record/seal", "plan", "plan/session", "measure", "fact", "day", "fault", "format/document", "format/yaml", "law", "paper", "derive/", "intake/"},
	"store/sqlite":              {"desk", "people", "record/seal", "fault"},
	"store/storetest":           {"desk", "people", "record/seal", "fault"},
	"present/bundle":            {"record/seal", "fault", "locale", "format/yaml"},
	"present/qr":                {},
	"present/handover":          {"desk", "present/review", "format/yaml", "people", "record/seal", "law/packs", "intake/", "fact", "day", "fault", "locale", "present/brief", "present/bundle"},
	"present/web":               {"desk", "paper", "present/letter", "present/packet", "format/docx", "format/document", "format/mail", "format/markup", "format/pdf", "format/plain", "plan", "plan/session", "measure", "present/progress", "present/chart", "present/checkin", "present/program", "present/discipline", "present/review", "people", "people/credential", "present/qr", "guide", "record", "record/seal", "derive/", "law", "law/pack", "law/packs", "law/rule", "lawtest", "intake/", "fact", "day", "fault", "locale", "present/brief", "present/bundle", "present/handover", "examples"},
	"present/packet":            {"derive/brief", "derive/claims", "derive/clock", "derive/draft", "derive/packet", "fact", "law/pack", "locale", "format/document", "present/chart", "present/progress", "present/letter", "present/brief"},
	"present/discipline":        {"derive/discipline", "law", "fact", "day", "locale"},
	"present/chart":             {"derive/progress", "measure", "day", "locale", "format/document"},
	"present/progress":          {"derive/progress", "derive/joined", "measure", "day", "locale"},
	"present/program":           {"derive/program", "fact", "day", "locale"},
	"present/review":            {"plan", "derive/plan/compare", "derive/plan/review", "derive/goal", "law", "fact", "day", "locale", "format/wrap"},
	"present/brief":             {"derive/", "present/progress", "present/chart", "present/program", "present/review", "plan", "record", "law", "law/pack", "law/rule", "fact", "day", "fault", "locale", "format/"},
	"present/letter":            {"paper", "guide", "derive/brief", "derive/draft", "derive/plan/review", "plan", "law", "law/pack", "fact", "day", "locale", "format/", "present/review"},
	"present/cli":               {"paper", "present/letter", "derive/", "present/progress", "record", "law", "law/pack", "law/packs", "law/rule", "lawtest", "decisions", "examples", "plan", "intake/", "fact", "day", "fault", "locale", "format/", "present/brief", "present/program", "present/discipline", "present/review", "present/bundle", "present/handover", "present/web", "present/qr", "desk", "people", "people/credential", "record/seal"},
	"bench/":                    {"bench/", "fact", "day", "intake/", "desk", "people", "store/sqlite", "law/packs", "test/trouble", "law", "people/credential", "present/web"},
	"test/":                     {"test/"},
	"test/papers":               {"paper", "plan", "fact", "derive/", "present/letter", "present/review", "intake/", "law", "law/pack", "law/packs", "format/", "locale", "day"},
	"test/papers/write":         {"test/papers", "paper", "derive/draft", "present/letter", "law/packs", "format/", "locale", "day"},
	"test/year":                 {"desk", "people/credential", "law/packs", "present/web", "store/sqlite"},
	"test/tamper":               {"present/bundle", "record/seal", "locale"},
	"test/trouble/":             {"test/", "desk", "people", "record/seal", "store/sqlite", "fact", "day", "fault", "law/packs", "locale", "intake/", "bench/", "present/bundle"},
	"cmd/stayput":               {"present/cli", "store/sqlite", "desk", "law/packs"},
}

// homes says where each library of others may be imported, so that changing
// one is a change in one place.
var homes = map[string][]string{
	"go.yaml.in/yaml/v3":              {"format/yaml"},
	"github.com/arran4/golang-ical":   {"format/ics"},
	"github.com/alecthomas/kong":      {"present/cli"},
	"golang.org/x/text/":              {"locale", "people/credential", "format/markup"},
	"golang.org/x/crypto/":            {"people/credential"},
	"golang.org/x/net/":               {"format/markup"},
	"github.com/yuin/goldmark":        {"format/markup"},
	"github.com/pquerna/otp":          {"people/credential"},
	"github.com/go-webauthn/":         {"present/web"},
	"github.com/boombuler/barcode":    {"present/qr"},
	"golang.org/x/mod/sumdb/":         {"record/seal"},
	"modernc.org/sqlite":              {"store/sqlite"},
	"github.com/pressly/goose/v3":     {"store/sqlite"},
	"github.com/gofrs/flock":          {"store/sqlite"},
	"github.com/alexedwards/scs/v2":   {"present/web"},
	"github.com/xuri/excelize/v2":     {"intake/caseload"},
	"github.com/nicksnyder/go-i18n/":  {"locale"},
	"github.com/go-text/typesetting/": {"format/pdf"},
	"golang.org/x/image/":             {"format/raster"},
}

// clocks are standard packages that read the world; the domain may not.
var worldly = []string{"os", "net", "net/http", "database/sql", "math/rand", "math/rand/v2", "io/ioutil", "os/exec", "log"}

// domain is what must give the same answer for the same arguments.
var domain = []string{"fault", "day", "fact", "record", "law", "law/rule", "law/pack", "derive/", "format/", "people", "plan", "measure"}

type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "stayput/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var ps []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
	if len(ps) < 15 {
		t.Fatalf("only %d packages found", len(ps))
	}
	return ps
}

// under reports that path is name, or lies below it when name ends in a slash.
func under(path, name string) bool {
	return path == name || (strings.HasSuffix(name, "/") && strings.HasPrefix(path, name))
}

func rule(path string) (allowed []string, ok bool) {
	best := -1
	for name, list := range may {
		if under(path, name) && len(name) > best {
			best, allowed, ok = len(name), list, true
		}
	}
	return allowed, ok
}

func TestImports(t *testing.T) {
	for _, p := range packages(t) {
		path := strings.TrimPrefix(p.ImportPath, module)
		allowed, ok := rule(path)
		if !ok {
			t.Errorf("%s has no place in the house: give it a line in test/shape and in docs/architecture.md", path)
			continue
		}
		for _, imp := range p.Imports {
			if ours, is := strings.CutPrefix(imp, module); is {
				if !slices.ContainsFunc(allowed, func(a string) bool { return under(ours, a) }) {
					t.Errorf("%s imports %s; it may import only: %s", path, ours, strings.Join(allowed, ", "))
				}
				continue
			}
			for lib, where := range homes {
				if (imp == lib || strings.HasPrefix(imp, lib)) && !slices.Contains(where, path) {
					t.Errorf("%s imports %s, whose home is %s", path, imp, strings.Join(where, ", "))
				}
			}
			if slices.Contains(worldly, imp) && slices.ContainsFunc(domain, func(d string) bool { return under(path, d) }) {
				t.Errorf("%s imports %s: the domain reads no file, no network and no chance", path, imp)
			}
		}
	}
}

// Every package opens with what it is for.
func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}|{{.Doc}}", "stayput/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		if path, doc, _ := strings.Cut(line, "|"); doc == "" {
			t.Errorf("%s has no package comment", path)
		}
	}
}

// The domain never asks what time it is.
func TestTheDomainReadsNoClock(t *testing.T) {
	for _, dir := range []string{"day", "fact", "record", "law", "derive"} {
		out, err := exec.Command("grep", "-rnE", `time\.(Now|Since|Until|Local)\b`, "--include=*.go", "--exclude=*_test.go", "../../"+dir).CombinedOutput()
		if err == nil {
			t.Errorf("the domain reads a clock:\n%s", out)
		}
	}
}

// The engine names no state: what differs between states is data.
func TestTheEngineNamesNoState(t *testing.T) {
	states := `"us-[a-z]{2}|california|texas|massachusetts|wisconsin|indiana|nevada|oregon|maryland|new york`
	for _, dir := range []string{"day", "fact", "record", "law", "derive"} {
		out, err := exec.Command("grep", "-rniE", states, "--include=*.go", "--exclude=*_test.go", "../../"+dir).CombinedOutput()
		if err != nil {
			continue // nothing found
		}
		for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
			_, code, _ := strings.Cut(line, ":")
			_, code, _ = strings.Cut(code, ":")
			if i := strings.Index(code, "//"); i >= 0 {
				code = code[:i] // comments may give examples
			}
			if regexp.MustCompile("(?i)" + states).MatchString(code) {
				t.Errorf("the engine names a state: %s", line)
			}
		}
	}
}
