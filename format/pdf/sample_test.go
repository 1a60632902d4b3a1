package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"stayput/format/document"
)

// picture draws a picture of its own, so that no file is needed.
func picture(t testing.TB, wide, high int, asJPEG bool) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			c := color.NRGBA{uint8(255 * x / wide), 120, uint8(255 * y / high), 255}
			if (x-wide/2)*(x-wide/2)+(y-high/2)*(y-high/2) > wide*high/4 {
				c.A = 0
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	var err error
	if asJPEG {
		err = jpeg.Encode(&b, m, nil)
	} else {
		err = png.Encode(&b, m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const filler = "The district shall give prior written notice a reasonable time before it proposes to change the placement of the child, and shall say why. "

// names are names of people who are made up, one for each script that is printed.
var names = []string{
	"Nguyễn Thị Ánh Tuyết", "Αλέξης Παπαδόπουλος", "Ольга Ковальчук", "Հայկ Պետրոսյան", "דָּנִיאֵל לוי", "سارة الأحمد", "فرشته رضایی",
	"प्रिया शर्मा", "สมชาย ใจดี", "សុខា ច័ន្ទ", "ສົມພອນ", "রহিমা খাতুন", "ਗੁਰਪ੍ਰੀਤ ਕੌਰ", "મીરા પટેલ", "கவிதா", "లక్ష్మి", "ნინო", "ሰላም ተስፋዬ", "မောင်မောင်",
	"王晓梅", "陳麗華", "山田はな", "タナカ・ケン", "김민수", "남궁 하늘",
}

// sample holds everything that a document may hold.
func sample(t testing.TB) *document.Document {
	t.Helper()
	d := &document.Document{Title: "A sample & more", Language: "en-US", Author: "A sample office", Footer: "Page", Of: "of", Blocks: []document.Block{
		document.Letterhead{Lines: []string{"A sample office", "100 First Street, Los Angeles, CA 90001", "555-0100 · office@example.org"}, Logo: &document.Image{Data: picture(t, 120, 120, false), Alt: "The logo of the office: a disk"}},
		document.Paragraph{Right: true, Runs: []document.Run{{Text: "March 2, 2026"}}},
		document.Heading{Level: 1, Text: "A request for records"},
		document.Text("Dear Dr. Muñoz:"),
		document.Paragraph{Runs: []document.Run{{Text: "I ask for the records of my child. "}, {Text: "By law", Bold: true}, {Text: " you have 45 days; see "}, {Text: "34 CFR 300.613", Link: "https://www.ecfr.gov/current/title-34/section-300.613?a=(b)"}, {Text: ". The plan says "}, {Text: "“30 minutes a week”", Italic: true}, {Text: ". My number is "}, {Text: "What is your telephone number?", Blank: true}, {Text: "."}}},
		document.Heading{Level: 2, Text: "What I ask for"},
		document.List{Items: []document.Paragraph{document.Text("Each evaluation. " + strings.Repeat(filler, 2)), document.Text("Each log of services"), {Runs: []document.Run{{Text: "Cada aviso previo por escrito"}}, Language: "es-US"}}},
		document.List{Numbered: true, Start: 9, Items: []document.Paragraph{document.Text("Ninth"), document.Text("Tenth")}},
		document.Heading{Level: 2, Text: "En español", Language: "es-US"},
		document.Paragraph{Language: "es-US", Runs: []document.Run{{Text: "Le pido los expedientes de mi hija. ¿Cuándo me los dará?"}}},
		document.Paragraph{Small: true, With: true, Runs: []document.Run{{Text: "A note: ☐ yes ☒ no, ≥ 80%, 3 → 4."}}},
		document.Table{Caption: "Minutes of speech", Head: []string{"Week", "Owed", "Given"}, Widths: []int{2, 1, 1}, Rows: [][]document.Cell{
			{document.Lines("January 5"), document.Lines("60"), document.Lines("30", "of them 10 in a group")},
			{document.Lines("January 12"), {{Right: true, Runs: []document.Run{{Text: "60"}}}}, nil},
			{document.Lines("January 19"), {{Language: "es-US", Runs: []document.Run{{Text: "sesenta"}}}}, document.Lines("60")},
		}},
		document.Image{Data: picture(t, 400, 200, true), Alt: "A picture that goes from green to blue", Width: 200},
		document.Signature{Lines: []document.SignLine{{Label: "Signature"}, {Label: "Name", Value: "Rosa Sample"}, {Label: "Date"}}},
		document.PageBreak{},
		document.Heading{Level: 2, Text: "Names"},
	}}
	list := document.List{}
	for _, n := range names {
		list.Items = append(list.Items, document.Text(n+": "+n+" said 12 (twelve) to "+n+"."))
	}
	d.Blocks = append(d.Blocks, list,
		document.Paragraph{Language: "ar", Runs: []document.Run{{Text: "هذه رسالة إلى المدرسة (Lincoln School) في 12 مارس 2026، من فضلكم أرسلوا السجلات خلال 45 يومًا. " + strings.Repeat("نطلب نسخة من كل تقييم. ", 5)}}},
		document.Paragraph{Language: "he", Runs: []document.Run{{Text: "מכתב לבית הספר מיום 12 במרץ."}, {Text: " מודגש", Bold: true}}},
		document.Heading{Level: 3, Text: "A heading with សុខា"}, document.Heading{Level: 4, Text: "A small heading"},
		document.Text("What no font has: 𠮷田 and 😀."))
	return d
}

// long is a table across pages, with a row that no page holds.
func long() *document.Document {
	d := &document.Document{Title: "A long table", Language: "en-US", Landscape: true, Footer: "Page", Of: "of", Blocks: []document.Block{document.Heading{Level: 1, Text: "A long table"}}}
	tb := document.Table{Caption: "What was given", Head: []string{"No.", "What happened", "Who says so"}, Widths: []int{1, 6, 3}}
	for i := range 300 {
		tb.Rows = append(tb.Rows, []document.Cell{document.Lines(fmt.Sprint(i + 1)), document.Lines(strings.Repeat(filler, i%4)), document.Lines("a log of " + fmt.Sprint(i))})
		if i == 150 {
			tb.Rows[i][1] = document.Lines(strings.Repeat(filler, 50), "and more")
		}
	}
	d.Blocks = append(d.Blocks, tb, document.Text("The end."))
	return d
}
