package markup

import (
	"regexp"
	"strings"
)

// Clean is what was pasted as the text of the box. HTML, as Word and browsers hand it
// over, becomes markup: headings, lists, tables, bold and italic stay; styles, scripts,
// comments and pictures go. Any other text stays what it is, without signs nobody sees.
func Clean(pasted string) string {
	if !isHTML(pasted) {
		return tidy(pasted)
	}
	blocks, err := fromHTML(pasted)
	if err != nil {
		return tidy(pasted) // too odd to be read: as it was pasted
	}
	return Format(blocks)
}

var (
	// A page, or a piece of one from the clipboard.
	htmlStart = regexp.MustCompile(`(?is)^\s*(?:Version:\d|<!doctype html|<\?xml|<!--StartFragment|<(?:html|head|body|meta|link|style)[\s>/])`)
	// A piece that begins with an element and ends one.
	htmlPiece = regexp.MustCompile(`(?is)^\s*<(?:p|div|span|table|tbody|tr|ul|ol|li|h[1-6]|b|strong|i|em|u|a|font|section|article|blockquote|pre|br|center)(?:\s[^<>]*)?/?>.*</?[a-z]`)
)

// isHTML reports whether text was pasted as HTML. A sentence with a tag in it is none.
func isHTML(s string) bool {
	s = strings.TrimLeft(s, "\ufeff\x00")
	return htmlStart.MatchString(s) || htmlPiece.MatchString(s)
}
