package docx

import (
	"strconv"
	"strings"
)

// A part is one file of the package that a document is.
type part struct {
	name string
	data []byte
}

const (
	head    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaces  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	drawing = ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	types   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	kinds   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// files are the files of the package, in their order.
func (w *writer) files() []part {
	var out []part
	for _, x := range [][2]string{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", rels},
		{"docProps/core.xml", w.core()},
		{"word/document.xml", w.document()},
		{"word/styles.xml", w.styles()},
		{"word/settings.xml", w.settings()},
		{"word/numbering.xml", w.numbering()},
		{"word/footer1.xml", w.footer()},
		{"word/_rels/document.xml.rels", w.relations()},
	} {
		out = append(out, part{x[0], []byte(x[1])})
	}
	for _, p := range w.pictures {
		out = append(out, part{"word/" + p.name, p.data})
	}
	return out
}

const contentTypes = head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + kinds + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + kinds + `styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + kinds + `settings+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="` + kinds + `numbering+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + kinds + `footer+xml"/></Types>`

const rels = head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="r1" Type="` + types + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

// core holds the title, the language, the author if there is one, and no time.
func (w *writer) core() string {
	author := ""
	if w.d.Author != "" {
		author = `<dc:creator>` + escape(w.d.Author) + `</dc:creator>`
	}
	return head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + escape(w.d.Title) + `</dc:title>` + author + `<dc:language>` + escape(w.d.Language) + `</dc:language></cp:coreProperties>`
}

func (w *writer) document() string {
	wide, high, orient := short, long, ""
	if w.d.Landscape {
		wide, high, orient = long, short, ` w:orient="landscape"`
	}
	m := strconv.Itoa(margin)
	return head + `<w:document` + spaces + drawing + `><w:body>` + w.b.String() + `<w:sectPr><w:footerReference w:type="default" r:id="footer"/>` +
		`<w:pgSz w:w="` + strconv.Itoa(wide) + `" w:h="` + strconv.Itoa(high) + `"` + orient + `/>` +
		`<w:pgMar w:top="` + m + `" w:right="` + m + `" w:bottom="` + m + `" w:left="` + m + `" w:header="720" w:footer="600" w:gutter="0"/></w:sectPr></w:body></w:document>`
}

// styles are the looks. Sizes are in half points.
func (w *writer) styles() string {
	lang := escape(w.d.Language)
	var b strings.Builder
	b.WriteString(head + `<w:styles` + spaces + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>` +
		`<w:lang w:val="` + lang + `" w:eastAsia="` + lang + `" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="90" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for i, size := range []string{"36", "28", "24", "22"} {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<w:style w:type="paragraph" w:styleId="Heading` + n + `"><w:name w:val="heading ` + n + `"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>` +
			`<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="100"/><w:outlineLvl w:val="` + strconv.Itoa(i) + `"/></w:pPr><w:rPr><w:b/><w:sz w:val="` + size + `"/><w:szCs w:val="` + size + `"/></w:rPr></w:style>`)
	}
	style := func(id, name, props string) {
		b.WriteString(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/>` + props + `</w:style>`)
	}
	b.WriteString(`<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="80"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/><w:jc w:val="right"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="005EA2"/><w:u w:val="single"/></w:rPr></w:style>`)
	style("Small", "Small", `<w:pPr><w:spacing w:after="60"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>`)
	style("Letterhead", "Letterhead", `<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:color w:val="3D4551"/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>`)
	style("LetterheadName", "Letterhead Name", `<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr>`)
	style("SignLine", "Sign Line", `<w:pPr><w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="1B1B1B"/></w:pBdr><w:spacing w:before="360" w:after="0"/></w:pPr>`)
	style("SignLabel", "Sign Label", `<w:pPr><w:keepLines/><w:spacing w:before="20" w:after="60"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>`)
	b.WriteString(`<w:style w:type="character" w:customStyle="1" w:styleId="BlankQuestion"><w:name w:val="Blank Question"/><w:rPr><w:color w:val="565C65"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>`)
	style("TableText", "Table Text", `<w:pPr><w:spacing w:before="20" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>`)
	line := func(side string) string {
		return `<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="A9AEB1"/>`
	}
	b.WriteString(`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
		line("top") + line("left") + line("bottom") + line("right") + line("insideH") + line("insideV") + `</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return b.String()
}

func (w *writer) settings() string {
	return head + `<w:settings` + spaces + `><w:zoom w:percent="100"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="` + escape(w.d.Language) + `"/></w:settings>`
}

// numbering holds the bullets, and each numbered list with its first number.
func (w *writer) numbering() string {
	level := func(format, text string) string {
		return `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="540" w:hanging="300"/></w:pPr></w:lvl>`
	}
	var b strings.Builder
	b.WriteString(head + `<w:numbering` + spaces + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>` + level("bullet", "•") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>` + level("decimal", "%1.") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	for i, first := range w.lists {
		b.WriteString(`<w:num w:numId="` + strconv.Itoa(2+i) + `"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="` + strconv.Itoa(first) + `"/></w:lvlOverride></w:num>`)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

// footer is the page number.
func (w *writer) footer() string {
	field := func(name string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	text := func(s string) string { return `<w:r><w:t xml:space="preserve">` + escape(s) + `</w:t></w:r>` }
	out := head + `<w:ftr` + spaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>`
	if w.d.Footer != "" {
		out += text(w.d.Footer + " ")
	}
	out += field("PAGE")
	if w.d.Of != "" {
		out += text(" "+w.d.Of+" ") + field("NUMPAGES")
	}
	return out + `</w:p></w:ftr>`
}

func (w *writer) relations() string {
	var b strings.Builder
	b.WriteString(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, x := range [][2]string{{"styles", "styles.xml"}, {"settings", "settings.xml"}, {"numbering", "numbering.xml"}, {"footer", "footer1.xml"}} {
		b.WriteString(`<Relationship Id="` + x[0] + `" Type="` + types + x[0] + `" Target="` + x[1] + `"/>`)
	}
	for i, l := range w.links {
		b.WriteString(`<Relationship Id="link` + strconv.Itoa(i+1) + `" Type="` + types + `hyperlink" Target="` + escape(l) + `" TargetMode="External"/>`)
	}
	for i, p := range w.pictures {
		b.WriteString(`<Relationship Id="picture` + strconv.Itoa(i+1) + `" Type="` + types + `image" Target="` + p.name + `"/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}
