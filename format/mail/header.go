package mail

import (
	"encoding/base64"
	"fmt"
	netmail "net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"stayput/fault"
)

// width is how long a line of a header should be.
const width = 76

// line is text that may stand in a header: no line breaks, which would begin a header of
// their own, no signs of machines, no marks that turn the order of letters.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029, r == 0xFEFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// text is a line as a header has it: as it is, or in words of RFC 2047.
func text(s string) string {
	s = line(s)
	if !foreign(s) {
		return s
	}
	return encoded(s)
}

// foreign reports whether a line cannot stand in a header as it is: it has letters other
// than ASCII's, what looks like an encoded word, or a word too long for a line.
func foreign(s string) bool {
	if strings.Contains(s, "=?") {
		return true
	}
	n := 0
	for _, r := range s {
		if r > '~' {
			return true
		}
		if n++; r == ' ' {
			n = 0
		}
		if n > width-20 {
			return true
		}
	}
	return false
}

// encoded is a text as words of RFC 2047, none longer than it may be, cut between letters.
func encoded(s string) string {
	var out []string
	for _, part := range cut(s, 42) {
		out = append(out, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(part))+"?=")
	}
	return strings.Join(out, " ")
}

// cut is a text in parts of at most so many bytes, cut between letters.
func cut(s string, most int) []string {
	var out []string
	for len(s) > 0 {
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if n+size > most {
				break
			}
			n += size
		}
		out, s = append(out, s[:n]), s[n:]
	}
	return out
}

// header is a header with its lines folded at spaces.
func header(name, value string) string {
	var b strings.Builder
	b.WriteString(name + ":")
	n := len(name) + 1
	for i, w := range strings.Split(value, " ") {
		if i > 0 && n+1+len(w) > width {
			b.WriteString("\r\n")
			n = 0
		}
		b.WriteString(" " + w)
		n += 1 + len(w)
	}
	b.WriteString("\r\n")
	return b.String()
}

// addresses is a list of addresses as a header has it. An address that no mail program
// would take is refused.
func addresses(list []Address) (string, error) {
	var out []string
	for _, a := range list {
		email := strings.TrimSpace(a.Email)
		got, err := netmail.ParseAddress("<" + email + ">")
		if err != nil || got.Address != email || len(email) > 254 || strings.ContainsFunc(email, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return "", fault.New(fault.Invalid, fault.Position{}, "mail.address", "address", line(a.Email))
		}
		name := line(a.Name)
		switch {
		case name == "":
			out = append(out, email) // as people write it
		case foreign(name):
			out = append(out, fmt.Sprintf("%s <%s>", encoded(name), email))
		default:
			out = append(out, fmt.Sprintf(`"%s" <%s>`, quoted.Replace(name), email))
		}
	}
	return strings.Join(out, ", "), nil
}

var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// fileName is a name without folders and without signs that a disk refuses or an eye
// misreads; one too long keeps its ending.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, line(s))
	s = strings.Trim(s, ". ")
	if s == "" {
		return "file"
	}
	const most = 180
	if len(s) > most {
		end := ""
		if i := strings.LastIndexByte(s, '.'); i > 0 && len(s)-i <= 10 {
			s, end = s[:i], s[i:]
		}
		s = strings.TrimSpace(cut(s, most-len(end))[0]) + end
	}
	return s
}

// parameter is a name of a file as a parameter of RFC 2231, in pieces when it is long.
func parameter(name, value string) string {
	if !foreign(value) {
		return fmt.Sprintf(`; %s="%s"`, name, quoted.Replace(value))
	}
	var b strings.Builder
	var parts []string
	for _, part := range cut(value, 15) { // 45 signs at most
		b.Reset()
		for i := range len(part) {
			if c := part[i]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
				b.WriteByte(c)
			} else {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		}
		parts = append(parts, b.String())
	}
	if len(parts) == 1 {
		return "; " + name + "*=utf-8''" + parts[0]
	}
	b.Reset()
	for i, p := range parts {
		if i == 0 {
			p = "utf-8''" + p
		}
		fmt.Fprintf(&b, "; %s*%d*=%s", name, i, p)
	}
	return b.String()
}
