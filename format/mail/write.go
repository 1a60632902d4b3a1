package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"mime"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"time"
)

// Write writes a draft as a message.
func Write(w io.Writer, d *Draft) error {
	var b bytes.Buffer
	b.WriteString("MIME-Version: 1.0\r\n")
	for _, x := range []struct {
		name string
		list []Address
	}{{"From", d.From}, {"Sender", sender(d.From)}, {"To", d.To}, {"Cc", d.Cc}, {"Bcc", d.Bcc}} {
		s, err := addresses(x.list)
		if err != nil {
			return err
		}
		if s != "" {
			b.WriteString(header(x.name, s))
		}
	}
	b.WriteString(header("Subject", text(d.Subject)))
	if !d.Date.IsZero() {
		b.WriteString(header("Date", d.Date.Format(time.RFC1123Z)))
	}
	b.WriteString("X-Unsent: 1\r\n")
	if language.MatchString(d.Language) {
		b.WriteString(header("Content-Language", d.Language))
	}
	root(d).write(&b)
	_, err := w.Write(b.Bytes())
	return err
}

var language = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)

// sender is who sends, when several write.
func sender(from []Address) []Address {
	if len(from) < 2 {
		return nil
	}
	return from[:1]
}

// A part is a piece of a message: a text, a file, or parts.
type part struct {
	headers []string // after Content-Type
	kind    string   // with its parameters
	body    []byte   // as it is written
	parts   []part
}

// root is the whole message: the text, or the text in two forms, and the files.
func root(d *Draft) part {
	p := words("text/plain; charset=utf-8", d.Text)
	if strings.TrimSpace(d.HTML) != "" {
		p = part{kind: "multipart/alternative", parts: []part{p, words("text/html; charset=utf-8", d.HTML)}}
	}
	if len(d.Files) == 0 {
		return p
	}
	all := part{kind: "multipart/mixed", parts: []part{p}}
	for _, f := range d.Files {
		all.parts = append(all.parts, attached(f))
	}
	return all
}

// words is a text as a part.
func words(kind, s string) part {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	if s != "" && !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	w.Write([]byte(s)) // a Buffer takes all
	w.Close()
	return part{kind: kind, headers: []string{"Content-Transfer-Encoding: quoted-printable\r\n"}, body: b.Bytes()}
}

// attached is a file as a part. Its name stands twice: as the standard says, and as old
// programs read it.
func attached(f File) part {
	name := fileName(f.Name)
	kind, _, err := mime.ParseMediaType(f.Type)
	if err != nil || strings.HasPrefix(kind, "multipart/") || strings.HasPrefix(kind, "message/") || strings.Count(kind, "/") != 1 {
		kind = "application/octet-stream"
	}
	old := `; name="` + quoted.Replace(text(name)) + `"`
	var b bytes.Buffer
	for data := f.Data; len(data) > 0; {
		n := min(len(data), 57) // 76 signs
		b.WriteString(base64.StdEncoding.EncodeToString(data[:n]))
		b.WriteString("\r\n")
		data = data[n:]
	}
	return part{kind: kind + old, headers: []string{
		"Content-Transfer-Encoding: base64\r\n",
		header("Content-Disposition", "attachment"+parameter("filename", name)),
	}, body: b.Bytes()}
}

// write writes a part. What stands between its parts is made of what they hold, and holds
// signs that neither of the two encodings can.
func (p part) write(b *bytes.Buffer) {
	var inner [][]byte
	sum := sha256.New()
	for _, x := range p.parts {
		var one bytes.Buffer
		x.write(&one)
		inner = append(inner, one.Bytes())
		sum.Write(one.Bytes())
	}
	if inner == nil {
		b.WriteString(header("Content-Type", p.kind))
		for _, h := range p.headers {
			b.WriteString(h)
		}
		b.WriteString("\r\n")
		b.Write(p.body)
		return
	}
	between := "=_" + hex.EncodeToString(sum.Sum(nil)[:16])
	b.WriteString(header("Content-Type", p.kind+`; boundary="`+between+`"`))
	b.WriteString("\r\n")
	for _, x := range inner {
		b.WriteString("--" + between + "\r\n")
		b.Write(x)
		b.WriteString("\r\n") // belongs to the sign that follows
	}
	b.WriteString("--" + between + "--\r\n")
}
