package reading

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Syllables as a dictionary divides them.
func TestEnglish(t *testing.T) {
	for n, list := range map[int]string{
		1: `a the I she eye goals times school schools whole asked called filled does friend guess guard guide
			through though strength straight tried tries write wrote reached tier queue blue don't can't you're they've real field suit fruit build change place`,
		2: `letter request teacher reading player people being doing trying needed changes places causes uses tables settled minutes statement placement useful
			careful homework something sometimes therefore business language question didn't isn't wouldn't every Wednesday eighty hundred create science quiet
			poem fluent ruin fluid chaos safeguards enough support measured behind notice records client patient
			social special partial Maya Díaz union junior lion marriage likely really`,
		3: `agreement follow-up requirement measurement management arrangement awareness regardless decided related autism annual actual
			usual October disagree period medium video serious previous various behavior opinion familiar Italian platypus reptilian
			principal impartial area idea reaction completely excitement settlement implement element complement employee services offices attention achievement museum continue studying anyone theory diagnose remember audience genuine graduate different`,
		4: `education evaluate violation material experience January February January's cooperate independent
			reality accommodate obedient ability situation appreciate associate negotiate variety anxiety society continuous biology`,
		5: `evaluation immediately individual association continuity ambiguity disability accommodation cooperation pediatrician supplementary opportunity`,
		6: `reevaluation responsibility individually`,
	} {
		for _, w := range strings.Fields(list) {
			if got := English(w); got != n {
				t.Errorf("%s: %d, want %d", w, got, n)
			}
		}
	}
}

func TestSpanish(t *testing.T) {
	for n, list := range map[int]string{
		1: "a y o el que quien sol pie bien muy ley hoy guion buey seis",
		2: "reunir prohibir reunión guiado niño niña carta causa ciudad leer día país maíz baúl ahí guerra quiero llega huevo agua lengua leyes mayo estáis hijo hija",
		3: "reuniones evaluar mediación escuela maestra cuidado familia teatro ahora pingüino vergüenza cuaderno semana oído alcohol servicios estudia Uruguay caían raíces",
		4: "aéreo albahaca poesía período necesita continúe evaluación educación logopeda solicitud",
		5: "gratuitamente necesidades educativo discapacidad independiente",
		6: "discapacidades",
		7: "individualizado",
	} {
		for _, w := range strings.Fields(list) {
			if got := Spanish(w); got != n {
				t.Errorf("%s: %d, want %d", w, got, n)
			}
		}
	}
	if got := Spanish("di\u0301a"); got != 2 {
		t.Errorf("an accent written apart: %d", got)
	}
}

// The sums are done by hand from the counts.
func TestMeasure(t *testing.T) {
	for _, c := range []struct {
		name, lang, text            string
		sentences, words, syllables int
		scores                      string
		level                       Level
	}{
		// 0.39*13 + 11.8*24/13 - 15.59 = 5.07 + 21.785 - 15.59 = 11.265, the example of the encyclopedias.
		{"the platypus", "en", "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 1, 13, 24, "flesch_kincaid 113", Hard},
		// 0.39*11/2 + 11.8 - 15.59 = 2.145 - 3.79 = -1.645
		{"short words", "en-US", "The cat sat on the mat. It was a good day.", 2, 11, 11, "flesch_kincaid -16", Easy},
		// la ni-ña le-e bien, el ni-ño va a ca-sa: 206.835 - 62.3*13/9 - 9/2 = 206.835 - 89.989 - 4.5 = 112.346;
		// 206.84 - 60*13/9 - 1.02*9/2 = 206.84 - 86.667 - 4.59 = 115.583
		{"Spanish", "es", "La niña lee bien. El niño va a casa.", 2, 9, 13, "inflesz 1123 fernandez_huerta 1156", Easy},
		{"an unknown language", "vi", "Con tôi cần giúp đỡ.", 1, 5, 0, "", Unmeasured},
		{"nothing", "en", " \n", 0, 0, 0, "", Unmeasured},
		{"numbers alone", "en", "34 300.503 2025-26.", 0, 0, 0, "", Unmeasured},
	} {
		r := Measure(c.text, c.lang, nil)
		var scores []string
		for _, s := range r.Scores {
			scores = append(scores, string(s.Formula)+" "+itoa(s.Tenths))
		}
		if r.Sentences != c.sentences || r.Words != c.words || r.Syllables != c.syllables || strings.Join(scores, " ") != c.scores || r.Level != c.level {
			t.Errorf("%s: %d sentences, %d words, %d syllables, %q, %q", c.name, r.Sentences, r.Words, r.Syllables, strings.Join(scores, " "), r.Level)
		}
		if !r.Rough {
			t.Errorf("%s: a score of %d words is not rough", c.name, r.Words)
		}
	}
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// Where each level begins, once the score is rounded as it is shown.
func TestLevels(t *testing.T) {
	for _, c := range []struct {
		lang                        string
		sentences, words, syllables int
		want                        Level
	}{
		{"en", 10, 100, 157, Easy},    // 3.9 + 18.526 - 15.59 = 6.836
		{"en", 10, 100, 158, Plain},   // 3.9 + 18.644 - 15.59 = 6.954, shown as 7.0
		{"en", 10, 100, 174, Plain},   // 3.9 + 20.532 - 15.59 = 8.842
		{"en", 10, 100, 175, Hard},    // 3.9 + 20.65 - 15.59 = 8.96, shown as 9.0
		{"en", 5, 100, 175, Hard},     // 7.8 + 20.65 - 15.59 = 12.86
		{"en", 5, 100, 177, VeryHard}, // 7.8 + 20.886 - 15.59 = 13.096
		{"es", 10, 100, 211, Easy},    // 206.835 - 131.453 - 10 = 65.382
		{"es", 10, 100, 212, Plain},   // 206.835 - 132.076 - 10 = 64.759
		{"es", 10, 100, 227, Plain},   // 206.835 - 141.421 - 10 = 55.414
		{"es", 10, 100, 228, Hard},    // 206.835 - 142.044 - 10 = 54.791
		{"es", 5, 100, 235, Hard},     // 206.835 - 146.405 - 20 = 40.43
		{"es", 5, 100, 236, VeryHard}, // 206.835 - 147.028 - 20 = 39.807
	} {
		r := Result{Sentences: c.sentences, Words: c.words, Syllables: c.syllables}
		r.score(c.lang)
		if r.Level != c.want {
			t.Errorf("%s %d/%d/%d: %v is %s, want %s", c.lang, c.sentences, c.words, c.syllables, r.Scores, r.Level, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ms. Park and Mr. Lee met Dr. A. B. Cruz on Main St. yesterday. They agreed.", []string{"Ms. Park and Mr. Lee met Dr. A. B. Cruz on Main St. yesterday.", "They agreed."}},
		{"The rule is 34 CFR 300.503(b). See also 20 U.S.C. 1415(c) and Cal. Ed. Code § 56043(a), e.g. for notices, etc. It is short.",
			[]string{"The rule is 34 CFR 300.503(b).", "See also 20 U.S.C. 1415(c) and Cal. Ed. Code § 56043(a), e.g. for notices, etc.", "It is short."}},
		{"See No. 5 and Sec. 300. He said no. Then we left at 3 p.m. and slept. We came at 4 p.m. The door was shut.",
			[]string{"See No. 5 and Sec. 300.", "He said no.", "Then we left at 3 p.m. and slept.", "We came at 4 p.m.", "The door was shut."}},
		{"“Is it late?” she asked. “Yes!” He wrote... nothing. And then… Nothing.", []string{"“Is it late?” she asked.", "“Yes!”", "He wrote... nothing.", "And then…", "Nothing."}},
		{"It is my child and I. We know.", []string{"It is my child and I.", "We know."}},
		{"La Sra. Díaz y el Dr. Cruz vinieron a las 3 p. m. con ayuda, p. ej. de Ud. y de EE. UU. para todos. ¿Cuándo? El lunes. ¡Gracias! Eran las 3 p. m. La puerta estaba cerrada.",
			[]string{"La Sra. Díaz y el Dr. Cruz vinieron a las 3 p. m. con ayuda, p. ej. de Ud. y de EE. UU. para todos.", "¿Cuándo?", "El lunes.", "¡Gracias!", "Eran las 3 p. m.", "La puerta estaba cerrada."}},
		{"# What I ask\n\nAna Díaz\n12 Main St\nLos Angeles, CA 90001\n\nDear Ms. Park:\n\nI ask for\n- speech twice a week\n- a copy of the log.\n1. First\n2. Second\n- Phone: 510 555 0101\n- What would help:\n\nMaya R.\n\nThank you.\n\n| Week | Given |\n|---|---|\n| May 4 | 30 |",
			[]string{"speech twice a week", "a copy of the log.", "First", "Second", "Thank you."}},
		{"This line was broken by a program because it was full of words\nand goes on here. This one ends.", []string{"This line was broken by a program because it was full of words\nand goes on here.", "This one ends."}},
		{"See https://example.org/a.b.c?x=1. Write to ana.diaz@example.org. On [[When? Why.]] you said **no**. Really.",
			[]string{"See https://example.org/a.b.c?x=1.", "Write to ana.diaz@example.org.", "On [[When? Why.]] you said **no**.", "Really."}},
		{"a name", []string{"a name"}},
		{"- - -\n***\n___\n", nil},
	} {
		var got []string
		for _, s := range sentences(hide(c.text)) {
			got = append(got, c.text[s.start:s.end])
		}
		if strings.Join(got, "¦") != strings.Join(c.want, "¦") {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestLong(t *testing.T) {
	of := func(n int) string { return "We" + strings.Repeat(" ask", n-1) + "." }
	text := "Short. " + of(25) + " " + of(26) + "\n\n- " + of(24) + " 34 CFR 300.503(b) and."
	r := Measure(text, "en", nil)
	if len(r.Long) != 1 || r.Long[0].Words != 26 || text[r.Long[0].Start:r.Long[0].End] != of(26) {
		t.Errorf("long: %+v", r.Long)
	}
	// Numbers are read too: 24 words and 2 numbers.
	if r := Measure(strings.TrimSuffix(of(24), ".")+" 34 300.503(b).", "en", nil); len(r.Long) != 1 || r.Long[0].Words != 26 || r.Words != 24 {
		t.Errorf("numbers: %+v", r)
	}
}

func TestLettersAreRead(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       int
	}{
		{"en", "The IEP is late.", 1 + 3 + 1 + 1},
		{"en", "IEPs and PWNs.", 3 + 1 + 5},
		{"en", "THE PLAN IS LATE.", 4},
		{"en", "FAPE is for all.", 4},
		{"es", "El IEP y la FBA.", 1 + 3 + 1 + 1 + 4},
	} {
		if got := Measure(c.text, c.lang, nil).Syllables; got != c.want {
			t.Errorf("%s: %d, want %d", c.text, got, c.want)
		}
	}
}

func TestJargon(t *testing.T) {
	terms := []Term{{"prior written notice", "a letter that says why"}, {"PWN", "a letter that says why"}, {"notice", "a letter"}, {"AT", "tools that help"}, {"OT", "help with hands"},
		{"", "nothing"}, {"  ", "nothing"}, {"metas anuales", "lo que aprenderá"}}
	text := "Look at the Prior\nWritten Notice. The PWN came; prior written notices did not. OT stands. Her notice, [[OT?]] noticed. Metas anuales."
	r := Measure(text, "en", terms)
	var got []string
	for _, u := range r.Jargon {
		got = append(got, u.Name+"="+text[u.Start:u.End]+"*"+itoa(u.Times)+"="+u.Plain)
	}
	want := "prior written notice=Prior\nWritten Notice*2=a letter that says why¦OT=OT*1=help with hands¦notice=notice*1=a letter¦metas anuales=Metas anuales*1=lo que aprenderá"
	if strings.Join(got, "¦") != want {
		t.Errorf("got %q", got)
	}
	if r := Measure("Occupational therapy (OT) helps. OT is good. AT (tools) too.", "en", terms); len(r.Jargon) != 0 {
		t.Errorf("explained: %v", r.Jargon)
	}
}

// A letter as a parent may write it: the long sentence and the level are what a reader sees.
func TestALetter(t *testing.T) {
	plain := strings.Repeat("My child needs help with reading. The plan says one hour a week. She got none in May. Please tell me why, and when it will start. ", 4)
	legal := strings.Repeat("Notwithstanding the aforementioned considerations, the local educational agency's determination regarding the appropriateness of individualized instructional methodologies constitutes a procedural violation necessitating immediate remediation. ", 5)
	if r := Measure(plain, "en", nil); r.Level != Easy || len(r.Long) != 0 || r.Rough {
		t.Errorf("plain: %+v", r)
	}
	if r := Measure(legal, "en", nil); r.Level != VeryHard {
		t.Errorf("legal: %+v", r)
	}
	llano := strings.Repeat("Mi hija necesita ayuda para leer. El plan dice una hora por semana. En mayo no le dieron nada. Por favor, dígame por qué y cuándo va a empezar. ", 4)
	técnico := strings.Repeat("No obstante las consideraciones anteriormente mencionadas, la determinación de la agencia educativa respecto de la idoneidad de las metodologías instruccionales individualizadas constituye una violación procesal que requiere remediación inmediata. ", 4)
	if r := Measure(llano, "es", nil); r.Level != Easy || len(r.Long) != 0 {
		t.Errorf("llano: %+v", r)
	}
	if r := Measure(técnico, "es-MX", nil); r.Level != VeryHard || len(r.Long) != 4 {
		t.Errorf("técnico: %+v", r)
	}
}

func FuzzMeasure(f *testing.F) {
	f.Add("Ms. Park said no. | a | b |\n- x 34 CFR 300.503(b)(1). ¿Qué? [[y]] {right} z", "en")
	f.Add("...!?\u0301 a.b.c \xff\xfe (", "es")
	terms := []Term{{"IEP", "the plan"}, {"no", "no"}, {"\u0301", "x"}}
	f.Fuzz(func(t *testing.T, text, lang string) {
		r := Measure(text, lang, terms)
		if r.Words < r.Sentences || r.Sentences == 0 && r.Words > 0 {
			t.Fatalf("%q: %+v", text, r)
		}
		last := 0
		for _, s := range r.Long {
			if s.Start < last || s.End > len(text) || s.Start >= s.End {
				t.Fatalf("%q: %+v", text, r.Long)
			}
			last = s.End
		}
		for _, u := range r.Jargon {
			if u.Start < 0 || u.End > len(text) || u.Times < 1 || utf8.ValidString(text) && !utf8.ValidString(text[u.Start:u.End]) {
				t.Fatalf("%q: %+v", text, u)
			}
		}
	})
}

// BenchmarkMeasure measures ten pages.
func BenchmarkMeasure(b *testing.B) {
	text := strings.Repeat("My child needs help with reading. The plan says one hour a week (34 CFR 300.503(b)). She got none in May. Please tell me why, and when it will start.\n\n", 180)
	terms := []Term{{"prior written notice", "a letter"}, {"IEP", "the plan"}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Measure(text, "en", terms)
	}
}
