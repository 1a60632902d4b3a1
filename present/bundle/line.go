package bundle

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strconv"
	"time"
	"unicode/utf8"

	"stayput/record/seal"
)

// moment is how a line writes when an entry was written down.
const moment = "2006-01-02T15:04:05.000Z"

var b64 = base64.StdEncoding.Strict()

// A Row is one entry of a wall with its body.
type Row struct {
	seal.Entry
	Body  seal.Body   // zero when it is gone
	Gone  bool        // the body was destroyed
	Proof []seal.Hash // in a selection: that the entry stands in the tree
}

// appendText writes a JSON string in the one form that a record has: quotes,
// backslashes and control characters escaped, everything else as it is.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// appendRow writes the line of a row without its line end. The body is the last
// value and stands there byte for byte.
func appendRow(b []byte, r *Row) []byte {
	b = appendText(append(b, `{"log":`...), r.Log)
	b = strconv.AppendInt(append(b, `,"seq":`...), r.Seq, 10)
	b = appendText(append(b, `,"id":`...), r.ID)
	b = appendText(append(b, `,"what":`...), string(r.What))
	b = appendText(append(b, `,"at":`...), r.At.UTC().Format(moment))
	b = appendText(append(b, `,"by":`...), r.By)
	b = appendText(append(b, `,"digest":`...), r.Entry.Body.String())
	if r.Proof != nil {
		b = append(b, `,"proof":[`...)
		for i, h := range r.Proof {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendText(b, b64.EncodeToString(h[:]))
		}
		b = append(b, ']')
	}
	if r.Gone {
		return append(b, `,"gone":true}`...)
	}
	b = appendText(append(b, `,"salt":`...), b64.EncodeToString(r.Body.Salt))
	b = append(append(b, `,"body":`...), r.Body.Data...)
	return append(b, '}')
}

// goodBody reports bytes that can stand in a line: one JSON value in UTF-8 on
// one line.
func goodBody(data []byte) bool {
	return utf8.Valid(data) && json.Valid(data) && bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') < 0
}

// A line is one line of a record as it was found.
type line struct {
	Row
	number int  // from 1
	ok     bool // it can be read
	form   bool // it is written as a record is written
}

var errLine = errors.New("not a line of a record")

// readLine reads a line. A line that says the same in other words is read too,
// and marked: whoever wrote it again may have changed no more than that.
func readLine(b []byte) (l line) {
	fields, err := pairsOf(b)
	if err != nil || !utf8.Valid(b) {
		return l
	}
	var salt, body, gone bool
	for _, f := range fields {
		switch f.key {
		case "log":
			err = text(f.raw, &l.Log)
		case "seq":
			l.Seq, err = strconv.ParseInt(string(f.raw), 10, 64)
		case "id":
			err = text(f.raw, &l.ID)
		case "what":
			var s string
			err = text(f.raw, &s)
			l.What = seal.What(s)
		case "at":
			var s string
			if err = text(f.raw, &s); err == nil {
				l.At, err = time.Parse(moment, s)
			}
		case "by":
			err = text(f.raw, &l.By)
		case "digest":
			var s string
			if err = text(f.raw, &s); err == nil {
				l.Entry.Body, err = seal.ParseDigest(s)
			}
		case "proof":
			var hs []string
			if err = json.Unmarshal(f.raw, &hs); err == nil {
				l.Proof, err = hashes(hs)
			}
		case "gone":
			gone = string(f.raw) == "true"
			if !gone {
				err = errLine
			}
		case "salt":
			var s string
			if err = text(f.raw, &s); err == nil {
				l.Body.Salt, err = b64.DecodeString(s)
			}
			salt = true
		case "body":
			l.Body.Data, body = f.raw, true
		default:
			err = errLine
		}
		if err != nil {
			return line{}
		}
	}
	least := 8 // the fields of every line, and gone
	if !gone {
		least = 9 // or a salt and a body
	}
	if l.Proof != nil {
		least++
	}
	if len(fields) != least || gone == body || salt != body {
		return line{}
	}
	l.Gone, l.ok = gone, true
	// The white space around a body is part of it; a decoder leaves it out.
	if body {
		if i := bytes.Index(b, []byte(`,"body":`)); i >= 0 && b[len(b)-1] == '}' {
			exact := l.Row
			exact.Body.Data = b[i+len(`,"body":`) : len(b)-1]
			if bytes.Equal(appendRow(nil, &exact), b) && json.Valid(exact.Body.Data) {
				l.Row, l.form = exact, true
				return l
			}
		}
	}
	l.form = bytes.Equal(appendRow(nil, &l.Row), b)
	return l
}

func text(raw []byte, to *string) error {
	if len(raw) == 0 || raw[0] != '"' {
		return errLine
	}
	return json.Unmarshal(raw, to)
}

// hashes reads hashes in base64. The result is never nil.
func hashes(in []string) ([]seal.Hash, error) {
	out := make([]seal.Hash, 0, len(in))
	for _, s := range in {
		b, err := b64.DecodeString(s)
		if err != nil || len(b) != len(seal.Hash{}) {
			return nil, errLine
		}
		out = append(out, seal.Hash(b))
	}
	return out, nil
}

// A pair is one key of a JSON object with its value as it is written.
type pair struct {
	key string
	raw json.RawMessage
}

// pairsOf reads a JSON object; a key that is repeated is an error.
func pairsOf(b []byte) ([]pair, error) {
	all, err := allPairs(b)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool, len(all))
	for _, p := range all {
		if seen[p.key] {
			return nil, errLine
		}
		seen[p.key] = true
	}
	return all, nil
}

// allPairs reads a JSON object with all its keys, the repeated ones too.
func allPairs(b []byte) ([]pair, error) {
	if !json.Valid(b) {
		return nil, errLine
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errLine
	}
	var out []pair
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, ok := key.(string)
		if !ok {
			return nil, errLine
		}
		p := pair{key: name}
		if err := d.Decode(&p.raw); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// split cuts text into lines at the line ends alone. rest is false when the last
// line has no end.
func split(text []byte) (lines [][]byte, whole bool) {
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return append(lines, text), false
		}
		lines = append(lines, text[:i])
		text = text[i+1:]
	}
	return lines, true
}

// A FileRef is a file that a body names.
type FileRef struct {
	Name   string
	Digest seal.Digest
	Size   int64
}

// filesOf lists the files that a body names under the key files of its outermost
// object. ok is false when something stands there that names no file.
func filesOf(body []byte) (refs []FileRef, ok bool) {
	if !bytes.Contains(body, []byte(`files`)) && !bytes.Contains(body, []byte(`\u`)) {
		return nil, true
	}
	top, err := allPairs(body)
	if err != nil {
		return nil, true // another value than an object names nothing
	}
	ok = true
	for _, p := range top {
		if p.key != "files" {
			continue
		}
		var items []json.RawMessage
		if json.Unmarshal(p.raw, &items) != nil {
			ok = false
			continue
		}
		for _, raw := range items {
			r, good := fileRef(raw)
			ok = ok && good
			if good {
				refs = append(refs, r)
			}
		}
	}
	return refs, ok
}

func fileRef(raw json.RawMessage) (r FileRef, ok bool) {
	fields, err := pairsOf(raw)
	if err != nil {
		return r, false
	}
	found := 0
	for _, f := range fields {
		var s string
		switch f.key {
		case "name":
			err = text(f.raw, &r.Name)
		case "sha256":
			if err = text(f.raw, &s); err == nil {
				r.Digest, err = seal.ParseDigest(s)
				if r.Digest.String() != s {
					err = errLine
				}
			}
			found++
		case "size":
			r.Size, err = strconv.ParseInt(string(f.raw), 10, 64)
			found++
		}
		if err != nil {
			return r, false
		}
	}
	return r, found == 2
}

// destroys is the name of the entry whose body was destroyed, and why, as the
// body of a destroying entry says it.
func destroys(body []byte) (id, reason string, ok bool) {
	top, err := pairsOf(body)
	if err != nil {
		return "", "", false
	}
	for _, p := range top {
		switch p.key {
		case "entry":
			ok = text(p.raw, &id) == nil && id != ""
		case "reason":
			_ = text(p.raw, &reason)
		}
	}
	return id, reason, ok
}
