package passage_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stayput/derive/passage"
)

func said(text string) (out []string) {
	for _, p := range passage.Split(text) {
		out = append(out, strings.Join(strings.Fields(p.Of(text)), " "))
	}
	return out
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, give string
		want       []string
	}{
		{"sentences", "Dear Ms. R.: We refuse the request. Why? See 34 C.F.R. § 300.503(b). Other options were considered.",
			[]string{"Dear Ms. R.: We refuse the request.", "Why?", "See 34 C.F.R. § 300.503(b).", "Other options were considered."}},
		{"Spanish", "La Sra. López decidió. ¿Por qué? «No hace falta.» El Art. 56 lo dice.",
			[]string{"La Sra. López decidió.", "¿Por qué?", "«No hace falta.»", "El Art. 56 lo dice."}},
		{"lines that were full", "The district refuses to evaluate the student in the area of\nreading because the student has passing grades.\nContact: 555-0100\nRoom 4",
			[]string{"The district refuses to evaluate the student in the area of reading because the student has passing grades.", "Contact: 555-0100", "Room 4"}},
		{"a narrow column", "The district refuses to\nevaluate, and will\nmeet in May.\nTelephone", []string{"The district refuses to evaluate, and will meet in May.", "Telephone"}},
		{"items", "Options:\n1. A reading group. It was full.\n2) wait\n☐ none\n• a\n  b\n----\n\n___", []string{"Options:", "1. A reading group.", "It was full.", "2) wait", "☐ none", "• a b"}},
		{"Chinese", "学区拒绝评估。原因如下:成绩合格。“谢谢。”", []string{"学区拒绝评估。", "原因如下:成绩合格。", "“谢谢。”"}},
		{"Arabic", "ترفض المنطقة الطلب. لماذا؟ لأن الدرجات جيدة.", []string{"ترفض المنطقة الطلب.", "لماذا؟", "لأن الدرجات جيدة."}},
		{"Hindi", "हम मना करते हैं। कारण नीचे है।", []string{"हम मना करते हैं।", "कारण नीचे है।"}},
		{"one word", "no", []string{"no"}},
		{"nothing", " \n\t…\n--", nil},
	} {
		if got := said(c.give); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// Every letter of any text stands in exactly one passage, to the letter, in order; none is
// too long, and there are not too many.
func TestSplitKeepsAll(t *testing.T) {
	piece := rapid.OneOf(rapid.StringMatching(`[A-Za-z]{1,12}[.!?]? `), rapid.SampledFrom([]string{"\n", "\n\n", "。", "名", "é", "e\u0301", "👨‍👩‍👧", "1. ", "☐ ", "Dr. ", "؟ ", "\u200f", "<b>", "[[", "a.b.c", "\xff"}),
		rapid.StringMatching(`[a-z]{500,900}`))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(strings.Join(rapid.SliceOfN(piece, 0, 120).Draw(t, "pieces"), ""), "\uFFFD")
		at, all := 0, ""
		for _, p := range passage.Split(text) {
			if p.From < at || p.To <= p.From || p.To > len(text) {
				t.Fatalf("%+v after %d", p, at)
			}
			at = p.To
			s := p.Of(text)
			if !utf8.ValidString(s) || s != strings.TrimSpace(s) || utf8.RuneCountInString(s) > passage.MostLetters {
				t.Fatalf("%q", s)
			}
			all += s
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					return r
				}
				return -1
			}, s)
		}
		if letters(all) != letters(text) {
			t.Fatalf("letters are lost or twice")
		}
	})
}

// Hostile texts are cut in a moment.
func TestSplitHuge(t *testing.T) {
	for _, s := range []string{"a", "a.\n", "a. ", ". ", "\n", "Dr. ", "。", "e\u0301", "1. a\n", "word ", "A? ", "\"", "a\n"} {
		text := strings.Repeat(s, 200_000/len(s))
		begin := time.Now()
		got := passage.Split(text)
		if len(got) > passage.Most {
			t.Errorf("%q: %d passages", s, len(got))
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%q took %v", s, took)
		}
	}
}

func TestMoveAndQuote(t *testing.T) {
	old := "We say no. We say no. Because of grades. Call us."
	p := passage.Split(old)
	found, lost := passage.Move(old, "Hello. We say no.\n\nWe say  no. Call us today.", []passage.Passage{p[1], p[0], p[2]})
	text := "Hello. We say no.\n\nWe say  no. Call us today."
	if len(found) != 2 || found[0].From != 19 || found[0].Of(text) != "We say  no." || found[1].From != 7 || len(lost) != 1 || lost[0].Of(old) != "Because of grades." {
		t.Errorf("%+v %+v", found, lost)
	}
	if q := passage.Quote(old, []passage.Passage{p[3], p[0], p[1], p[0]}); q != "We say no. We say no. […] Call us." {
		t.Errorf("%q", q)
	}
	if q := passage.Quote("a\n b", []passage.Passage{{From: 0, To: 4}}); q != "a b" {
		t.Errorf("%q", q)
	}
	if passage.Quote("", nil) != "" {
		t.Error("a quote of nothing")
	}
}
