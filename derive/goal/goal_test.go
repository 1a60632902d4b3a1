package goal

import (
	"encoding/json"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// answer writes the six answers as one letter each.
func answer(r Review) string {
	out := ""
	for i, p := range r.Parts {
		if p.Present {
			out += "TCBKML"[i : i+1]
		} else {
			out += "-"
		}
	}
	return out
}

// Each rule by the smallest goal that shows it, and its neighbor that does not.
func TestRules(t *testing.T) {
	for _, x := range []struct{ want, text, baseline string }{
		{"------", "", ""},
		{"------", "   \n\t", ""},
		{"------", "Reading", ""},
		{"------", "?!", ""},
		{"T-----", "By May 2027 she may feel ready and will feel ready.", ""},
		{"--B---", "Will write his name.", ""},
		{"--B---", "She'll write her name.", ""},
		{"------", "Will write better.", ""},
		{"------", "Will be responsible.", ""},
		{"--B---", "Will be on task.", ""},
		{"--B---", "Will take turns.", ""},
		{"------", "Will take responsibility.", ""},
		{"------", "Staff will read to him 5 times.", ""},
		{"------", "La maestra le leerá 5 veces.", ""},
		{"--BK--", "Él leerá 5 cuentos.", ""},
		{"------", "Will improve reading by 20%.", ""},
		{"--BK--", "Will read 80% of the words.", ""},
		{"--B---", "Will read 80% of the time.", ""},
		{"--BK--", "Will read the words in eight out of ten tries.", ""},
		{"--BK--", "Leerá las palabras en ocho de cada diez intentos.", ""},
		{"--BK--", "Leerá el ochenta por ciento de las palabras.", ""},
		{"--B---", "Will read two-syllable words.", ""},
		{"--B---", "Leerá palabras de dos sílabas.", ""},
		{"--BK--", "Will read 20 words.", ""},
		{"-CB---", "Given 20 words, will read aloud.", ""},
		{"T-B---", "In 36 weeks he will read.", ""},
		{"--BK--", "He will read for 10 minutes on 3 consecutive days.", ""},
		{"--B---", "Will measure a line to the nearest 1/4 inch.", ""},
		{"--B---", "Will add fractions with unlike denominators.", ""},
		{"-CB---", "Will add fractions with a calculator.", ""},
		{"--B-M-", "Will add fractions, teacher log.", ""},
		{"-CB---", "Given a checklist, will add fractions.", ""},
		{"--BK-L", "Will read 40 words per minute.", "12 wpm"},
		{"--BK--", "Will read 40 words per minute.", "2nd grade level"},
		{"--BK--", "Will read 40 words per minute.", "30%"},
		{"--BK-L", "Will read 40 words per minute (baseline 12 words per minute).", ""},
		{"--BK--", "Will write letters with baseline placement for 85% of letters.", ""},
		{"-CB---", "cuando se le muestre, señalara el que quiere", ""},
		{"------", "After high school I will work in a store.", ""},
	} {
		r := Read(x.text, x.baseline, "")
		if got := answer(r); got != x.want {
			t.Errorf("%q, baseline %q: %s, want %s\n%+v", x.text, x.baseline, got, x.want, r)
		}
	}
}

// Concerns are raised with the words that raise them.
func TestConcerns(t *testing.T) {
	for _, x := range []struct {
		text string
		want Concern
	}{
		{"", NothingToRead},
		{"Will understand fractions.", Covert},
		{"Comprenderá las fracciones.", Covert},
		{"Will improve.", Vague},
		{"The teacher will give him time.", Adult},
		{"Will receive speech therapy.", Service},
		{"Recibirá terapia.", Service},
		{"Will earn passing grades.", Composite},
		{"Will come to school on time 9 of 10 days.", Attendance},
		{"Will have zero incidents of hitting.", Negative},
		{"Will read words 80%.", BarePercent},
		{"Will read more words from current levels.", FromCurrent},
		{"After graduation I will work.", AfterSchool},
	} {
		if r := Read(x.text, "", ""); !r.Noted(x.want) {
			t.Errorf("%q: %v, want %s", x.text, r.Notes, x.want)
		}
	}
}

// The language is found from the words, and can be given.
func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"Will read aloud.": "en", "Leerá en voz alta.": "es", "": "en",
		"Para mayo, dado un cuento, Noé will retell the story con las partes.": "es",
	} {
		if r := Read(text, "", ""); r.Lang != want {
			t.Errorf("%q: %s, want %s", text, r.Lang, want)
		}
	}
	if r := Read("Will read.", "", "es"); r.Lang != "es" {
		t.Errorf("the language that was given is not kept: %s", r.Lang)
	}
}

// pieces are what random goals are made of: words of both languages, numbers,
// marks and noise.
func pieces() []string {
	out := []string{"4/5", "80%", "6/2027", "5/14/2027", "2-3", "1/0", "0/0", "5-step", "99999999999999999999", "%", "(", ")", ",", ";", ".", ":", "'s",
		"sí", "él", "\xff", "\u0301", "日本", "½", "", "-", "--", "º", "3º", "3rd", "Ana", "By", "WILL", "Para", "el"}
	for _, l := range []*lexicon{vocabulary().en, vocabulary().es} {
		for _, w := range []string{"will", "given", "when", "with", "measured", "as", "by", "of", "in", "write", "improve", "baseline", "twice", "no",
			"dado", "cuando", "con", "segun", "escribira", "mejorara", "de", "en", "al", "cero", "linea", "base"} {
			if _, ok := l.words[w]; ok {
				out = append(out, w)
			}
		}
	}
	return out
}

// The same text gets the same answer; every quote stands where it is said to;
// and nothing is made up: each piece of the frame is a quote or a blank.
func TestProperties(t *testing.T) {
	some := pieces()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(some), 0, 40).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", "\n"}).Draw(t, "between"))
		base := strings.Join(rapid.SliceOfN(rapid.SampledFrom(some), 0, 6).Draw(t, "baseline"), " ")
		check(t, text, base, rapid.SampledFrom([]string{"", "en", "es", "fr"}).Draw(t, "lang"))
	})
}

type failer interface{ Fatalf(string, ...any) }

func check(t failer, text, base, lang string) {
	r := Read(text, base, lang)
	if again := Read(text, base, lang); !reflect.DeepEqual(r, again) {
		t.Fatalf("two answers for %q:\n%+v\n%+v", text, r, again)
	}
	if len(r.Parts) != len(Criteria) || len(r.Skeleton) != len(Criteria) {
		t.Fatalf("%q: parts are missing: %+v", text, r)
	}
	spans := func(ss []Span) {
		for _, s := range ss {
			from := text
			if s.InField {
				from = base
			}
			if s.Start < 0 || s.End > len(from) || s.Start >= s.End || from[s.Start:s.End] != s.Quote {
				t.Fatalf("%q: the quote %q does not stand at %d to %d", from, s.Quote, s.Start, s.End)
			}
			if n := utf8.RuneCountInString(from[:s.Start]); s.FromRune != n || s.ToRune != n+utf8.RuneCountInString(s.Quote) {
				t.Fatalf("%q: %q is said to be at characters %d to %d", from, s.Quote, s.FromRune, s.ToRune)
			}
		}
	}
	for i, p := range r.Parts {
		spans(p.Words)
		if p.Present != (len(p.Words) > 0) {
			t.Fatalf("%q: %s is %v with %d quotes", text, p.Criterion, p.Present, len(p.Words))
		}
		if have := r.Skeleton[i].Have; have != "" && !strings.Contains(text, have) && !strings.Contains(base, have) {
			t.Fatalf("%q: the frame has words that nobody wrote: %q", text, have)
		}
	}
	for _, n := range r.Notes {
		spans(n.Words)
	}
	spans(r.Schedule)
	spans(r.Responsible)
	if r.Measurable != (r.Has(Behavior) && r.Has(Level)) {
		t.Fatalf("%q: measurable is %v", text, r.Measurable)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("By 5/2027, given a ruler, Al will measure 7 of 8 lines, as measured by work samples.", "0 of 8")
	f.Add("Para el 5/03/2027, al copiar 3 oraciones, la alumna formará las letras en 85% de las letras.", "línea base: 40%")
	f.Add("will", "")
	f.Add("4 of", "1.1.1.1")
	f.Add("\xff1/\xfe2%", "")
	f.Fuzz(func(t *testing.T, text, base string) { check(t, text, base, "") })
}

// long is a goal of n words, different ones, as bad input brings them.
func long(n int) string {
	rng := rand.New(rand.NewSource(1))
	var b strings.Builder
	for i := range n {
		switch i % 9 {
		case 0:
			b.WriteString("will write 4 of 5 sentences, ")
		case 4:
			b.WriteString("cuando escribirá, ")
		default:
			for range 4 + rng.Intn(8) {
				b.WriteByte(byte('a' + rng.Intn(26)))
			}
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func BenchmarkFiveThousandWords(b *testing.B) {
	text := long(5000)
	Read("", "", "")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Read(text, "", "")
	}
}

func BenchmarkOneGoal(b *testing.B) {
	const text = "By 4/9/2027, after a written and spoken direction, Eli will begin the task within 1 minute with no more than 1 prompt in 8 out of 10 opportunities per day, for 3 consecutive days, as measured by latency recording."
	Read("", "", "")
	for b.Loop() {
		Read(text, "starts task in 7 min", "")
	}
}

func BenchmarkLoadingWords(b *testing.B) {
	for b.Loop() {
		load(englishWords, englishForms, false)
		load(spanishWords, spanishForms, true)
	}
}

// What a long goal is in life: the same kind of sentence again and again.
func BenchmarkFiveThousandWordsOfGoals(b *testing.B) {
	const text = "By 4/9/2027, after a written and spoken direction, Eli will begin the task within 1 minute with no more than 1 prompt in 8 out of 10 opportunities per day, as measured by latency recording. "
	words := strings.Fields(strings.Repeat(text, 160))[:5000]
	all := strings.Join(words, " ")
	Read("", "", "")
	for b.Loop() {
		Read(all, "", "")
	}
}
