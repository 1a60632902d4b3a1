package markup

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// word is what Word puts on the clipboard, shortened.
const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><title>Letter</title>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0in;} --></style><script>alert(1)</script></head>
<body lang=EN-US><!--StartFragment-->
<h1>What we ask<o:p></o:p></h1>
<p class=MsoNormal>Dear Ms.&nbsp;Park,<br>
we ask for <b style='mso-bidi-font-weight:normal'>an IEE<o:p></o:p></b> at public
expense.<o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>speech<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>an <i>occupational</i> therapist</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>first</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>second</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='mso-list:Ignore'>a.<span>&nbsp; </span></span>further in</p>
<p><b>Services</b></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Week</b></p></td><td><p>Minutes | given</p></td></tr>
<tr><td><p>May 4</p></td><td style='text-align:right'><p>30</p><p>late</p></td></tr></table>
<p class=MsoNormal style='display:none'>hidden</p>
<img src="x.png" onerror="alert(1)"><p>See <a href="https://example.org/rule">the rule</a> and <a href="javascript:alert(1)">this</a>.</p>
<!--EndFragment--></body></html>`

const fromWord = `# What we ask

Dear Ms. Park,
we ask for **an IEE** at public expense.

- speech
- an *occupational* therapist

1. first
2. second

- a. further in

**Services**

| Week | Minutes \| given |
|---|---:|
| May 4 | 30<br>late |

See [the rule](https://example.org/rule) and this.
`

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, give, want string }{
		{"plain text", "Dear Ms. Park:\r\n\r\n3 < 4 and 5 > 4.", "Dear Ms. Park:\n\n3 < 4 and 5 > 4."},
		{"a tag in a sentence", "He wrote <b>no</b> in the log.", "He wrote <b>no</b> in the log."},
		{"an address of mail", "<ana@example.org>", "<ana@example.org>"},
		{"signs nobody sees", "a\u202eb\u0007c\ufeff\u200dd\u200e", "abc\u200dd\u200e"},
		{"from Word", word, fromWord},
		{"the clipboard of Windows", "Version:0.9\r\nStartHTML:00000097\r\n<html><body><!--StartFragment--><p>Hola</p><!--EndFragment--></body></html>", "Hola\n"},
		{"from Google Docs", `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700">bold</span><span style="font-style:italic"> slanted</span></p><ul><li dir="ltr"><p><span>one</span></p></li><ul><li><p>deep</p></li></ul><li><p>two</p></li></ul></b>`,
			"Plain **bold** *slanted*\n\n- one\n\n* deep\n\n- two\n"},
		{"stars and brackets in the text", "<p>A* and *B*, [[x]] and 1. y</p><p>1. z</p>", "A\\* and \\*B\\*, \\[\\[x]] and 1. y\n\n1\\. z\n"},
		{"lists in lists", "<ol><li>one<ul><li>a</li></ul>more</li><li>two</li></ol>", "1. one\n\n- a\n\nmore\n\n2. two\n"},
		{"a list that begins at 4", `<ol start="4"><li>four<li>five</ol>`, "4. four\n5. five\n"},
		{"a page laid out as a table", "<table><tr><td><p>One</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></td></tr></table>", "One\n\n| a | b |\n|---|---|\n| c | d |\n"},
		{"a cell over two columns", "<table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td colspan=2>x</td></tr></table>", "**T**\n| a | b |\n|---|---|\n| x | |\n"},
		{"lines that count", "<pre>a  b\n  c</pre>", "a  b\nc\n"},
		{"blocks in text", "<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree\n"},
		{"nothing", "<html><body></body></html>", ""},
		{"broken", "<p>one<p>two</b></i><table><li>three", "one\n\ntwo\n\n- three\n"},
		{"entities", "<p>&lt;b&gt; &amp; caf&eacute; &#x202e;x</p>", "<b> & café x\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Clean(c.give)
			if got != c.want {
				t.Errorf("\n got %q\nwant %q", got, c.want)
			}
			if again := Clean(got); again != got {
				t.Errorf("cleaned again it is %q", again)
			}
		})
	}
}

func TestCleanHuge(t *testing.T) {
	for _, s := range []string{"<div>", "<b>", "<ul><li>", "<table><tr><td>", "<p>x</p>", "<!--", "<p style='mso-list:l0 level1'>", "<table><tr><td colspan=999999>"} {
		begin := time.Now()
		got := Clean("<html>" + strings.Repeat(s, 20_000) + "end")
		if strings.Contains(s, "!") == strings.Contains(got, "end") {
			t.Errorf("%q: the end is lost", s)
		}
		t.Logf("%q: %v", s, time.Since(begin).Round(time.Millisecond))
	}
}

func FuzzClean(f *testing.F) {
	f.Add(word)
	f.Add("<table><tr><td>a</td><td>b<ul><li>c</ul></td></tr><tr><td>d</td></tr></table>")
	f.Add("<ol><li>a<ol><li>b</ol>c<li>d</ol>e<h2>f</h2><p align=right>g")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		got := Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q gave %q", s, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202A && r <= 0x202E {
				t.Fatalf("%q gave %q", s, got)
			}
		}
		Parse(got)
	})
}
