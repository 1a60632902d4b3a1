package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"
	"pgregory.net/rapid"

	"stayput/fault"
)

// A found is what a reader found in a message.
type found struct {
	From, To, Cc, Bcc                           [][2]string
	Subject, Date, Unsent, Language, Text, HTML string
	Headers, Defects                            []string
	Files                                       []foundFile
}

type foundFile struct{ Name, Type, Sum string }

func written(t interface{ Fatal(...any) }, d *Draft) []byte {
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	for _, l := range bytes.SplitAfter(b.Bytes(), []byte("\n")) {
		if len(l) > 200 || len(l) > 0 && (!bytes.HasSuffix(l, []byte("\r\n")) || bytes.Count(l, []byte("\r")) != 1) {
			t.Fatal("not a line of mail", string(l))
		}
	}
	if i := bytes.IndexFunc(b.Bytes(), func(r rune) bool { return r > '~' || r < ' ' && r != '\r' && r != '\n' && r != '\t' }); i >= 0 {
		t.Fatal("not a plain letter at", i)
	}
	return b.Bytes()
}

// python reads a message with the library of another language.
func python(t *testing.T, raw []byte) found {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		t.Fatal("python3 is not installed; run ./check, which installs it")
	}
	cmd := exec.Command("python3", "read.py")
	cmd.Stdin = bytes.NewReader(raw)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, problems.String(), raw)
	}
	var f found
	if err := json.Unmarshal(out, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// other reads a message with another library of this language.
func other(t interface{ Fatal(...any) }, raw []byte) found {
	e, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	f := found{Subject: e.GetHeader("Subject"), Date: e.GetHeader("Date"), Unsent: e.GetHeader("X-Unsent"), Language: e.GetHeader("Content-Language"), Text: e.Text, HTML: e.HTML}
	for _, x := range []struct {
		name string
		to   *[][2]string
	}{{"From", &f.From}, {"To", &f.To}, {"Cc", &f.Cc}, {"Bcc", &f.Bcc}} {
		list, err := e.AddressList(x.name)
		if err != nil && e.GetHeader(x.name) != "" {
			t.Fatal(err)
		}
		for _, a := range list {
			*x.to = append(*x.to, [2]string{a.Name, a.Address})
		}
	}
	for _, a := range e.Attachments {
		sum := sha256.Sum256(a.Content)
		f.Files = append(f.Files, foundFile{a.FileName, a.ContentType, hex.EncodeToString(sum[:])})
	}
	for _, x := range e.Errors {
		f.Defects = append(f.Defects, x.Error())
	}
	for _, k := range e.GetHeaderKeys() {
		f.Headers = append(f.Headers, strings.ToLower(k))
	}
	slices.Sort(f.Headers)
	return f
}

func sum(s string) string {
	x := sha256.Sum256([]byte(s))
	return hex.EncodeToString(x[:])
}

func TestWrite(t *testing.T) {
	day := time.Date(2026, 3, 4, 9, 30, 0, 0, time.FixedZone("", -8*3600))
	long := strings.Repeat("Ñandú 名前 ", 25) + ".pdf"
	for _, c := range []struct {
		name string
		give Draft
		want found
	}{
		{"a text", Draft{To: []Address{{"", "park@school.example"}}, Subject: "Records for Maya", Text: "Dear Ms. Park:\n\nPlease send the log.\n"},
			found{To: [][2]string{{"", "park@school.example"}}, Subject: "Records for Maya", Text: "Dear Ms. Park:\n\nPlease send the log.\n",
				Headers: strings.Fields("content-transfer-encoding content-type mime-version subject to x-unsent")}},
		{"nothing", Draft{}, found{Headers: strings.Fields("content-transfer-encoding content-type mime-version subject x-unsent")}},
		{"everything", Draft{From: []Address{{"Ana Díaz", "ana@example.org"}}, To: []Address{{`Park, "Jo" \ Lee`, "park@school.example"}, {"Αθηνά 名前", "b@school.example"}}, Cc: []Address{{strings.Repeat("Ño ", 66) + "Lu", "c@school.example"}},
			Subject: "Petición de los registros: niña, 34 CFR 300.613 — " + strings.Repeat("año ", 40) + "fin", Language: "es-US", Date: day,
			Text: "¿Qué pasó?\r\nUna línea " + strings.Repeat("muy ", 300) + "larga = así.\n.\nFrom aquí\n", HTML: "<p>¿Qué pasó?</p>\n",
			Files: []File{{"Carta de Ana.pdf", "application/pdf", []byte("%PDF-1.7\r\n\x00\xff")}, {"niña (2).docx", "", nil}, {long, "text/csv", []byte(strings.Repeat("a,b\n", 100))}}},
			found{From: [][2]string{{"Ana Díaz", "ana@example.org"}}, To: [][2]string{{`Park, "Jo" \ Lee`, "park@school.example"}, {"Αθηνά 名前", "b@school.example"}}, Cc: [][2]string{{strings.Repeat("Ño ", 66) + "Lu", "c@school.example"}},
				Subject: "Petición de los registros: niña, 34 CFR 300.613 — " + strings.Repeat("año ", 40) + "fin", Language: "es-US", Date: "Wed, 04 Mar 2026 09:30:00 -0800",
				Text: "¿Qué pasó?\nUna línea " + strings.Repeat("muy ", 300) + "larga = así.\n.\nFrom aquí\n", HTML: "<p>¿Qué pasó?</p>\n",
				Headers: strings.Fields("cc content-language content-type date from mime-version subject to x-unsent"),
				Files:   []foundFile{{"Carta de Ana.pdf", "application/pdf", sum("%PDF-1.7\r\n\x00\xff")}, {"niña (2).docx", "application/octet-stream", sum("")}, {fileName(long), "text/csv", sum(strings.Repeat("a,b\n", 100))}}}},
		{"headers in a name", Draft{To: []Address{{"Ana\r\nBcc: x@evil.example\r\n\r\nHi", "a@example.org"}}, Subject: "One\nX-Evil: 1\u2028Two\u202eThree =?utf-8?q?x?=", Text: "a",
			Files: []File{{"../x\r\nY: 1\".exe\u202efdp.", "text/html\r\nX: 1", []byte("x")}}},
			found{To: [][2]string{{"Ana Bcc: x@evil.example Hi", "a@example.org"}}, Subject: "One X-Evil: 1 TwoThree =?utf-8?q?x?=", Text: "a\n",
				Headers: strings.Fields("content-type mime-version subject to x-unsent"),
				Files:   []foundFile{{"-x Y- 1-.exefdp", "application/octet-stream", sum("x")}}}},
		{"blind copies", Draft{Bcc: []Address{{"Ana", "a@example.org"}, {"", "b@example.org"}}, Text: "x"},
			found{Bcc: [][2]string{{"Ana", "a@example.org"}, {"", "b@example.org"}}, Text: "x\n", Headers: strings.Fields("bcc content-transfer-encoding content-type mime-version subject x-unsent")}},
		{"several writers", Draft{From: []Address{{"", "a@example.org"}, {"", "b@example.org"}}, Text: "x"},
			found{From: [][2]string{{"", "a@example.org"}, {"", "b@example.org"}}, Text: "x\n", Headers: strings.Fields("content-transfer-encoding content-type from mime-version sender subject x-unsent")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := written(t, &c.give)
			c.want.Unsent = "1"
			for reader, got := range map[string]found{"python": python(t, raw), "enmime": other(t, raw)} {
				got.Text, got.HTML = strings.ReplaceAll(got.Text, "\r\n", "\n"), strings.ReplaceAll(got.HTML, "\r\n", "\n")
				for _, l := range []*[][2]string{&got.From, &got.To, &got.Cc, &got.Bcc} {
					if len(*l) == 0 {
						*l = nil
					}
				}
				if reader == "python" && len(got.Cc) > 0 {
					// Python puts a space where a long name was cut; the standard has none there.
					got.Cc[0][0] = strings.Join(strings.SplitAfter(strings.ReplaceAll(got.Cc[0][0], " ", ""), "o"), " ")
				}
				if len(got.Files) == 0 {
					got.Files = nil
				}
				if len(got.Defects) == 0 {
					got.Defects = nil
				}
				if !reflect.DeepEqual(got, c.want) {
					t.Errorf("%s found\n%+v\nwant\n%+v\nin\n%s", reader, got, c.want, raw)
				}
			}
			if again := written(t, &c.give); !bytes.Equal(again, raw) {
				t.Error("the same draft gave other bytes")
			}
		})
	}
}

func TestBadAddress(t *testing.T) {
	for _, s := range []string{"", "ana", "ana@", "a b@example.org", "a@example.org\r\nBcc: x@example.org", "ana@example.org, b@example.org", "niña@example.org", "<a@example.org>", strings.Repeat("a", 250) + "@example.org"} {
		err := Write(&bytes.Buffer{}, &Draft{To: []Address{{"Ana", s}}})
		var f *fault.Error
		if !errors.As(err, &f) || f.Key != "mail.address" || f.Kind != fault.Invalid {
			t.Errorf("%q: %v", s, err)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestWriterFails(t *testing.T) {
	if err := Write(full{}, &Draft{}); err == nil {
		t.Error("a full disk is no error")
	}
}

// Any names, subjects and texts come back, and nothing becomes a header of its own.
func TestAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Draft{To: []Address{{rapid.String().Draw(t, "name"), "a@example.org"}}, Subject: rapid.String().Draw(t, "subject"), Text: rapid.String().Draw(t, "text"),
			Files: []File{{rapid.String().Draw(t, "file"), rapid.String().Draw(t, "type"), []byte(rapid.String().Draw(t, "data"))}}}
		got := other(t, written(t, &d))
		if got.Subject != line(d.Subject) || len(got.To) != 1 || got.To[0] != [2]string{line(d.To[0].Name), "a@example.org"} || len(got.Files) != 1 || got.Files[0].Name != fileName(d.Files[0].Name) ||
			got.Files[0].Sum != sum(string(d.Files[0].Data)) {
			t.Fatalf("%+v gave %+v", d, got)
		}
		if want := "content-type mime-version subject to x-unsent"; strings.Join(got.Headers, " ") != want {
			t.Fatalf("headers %v", got.Headers)
		}
	})
}
