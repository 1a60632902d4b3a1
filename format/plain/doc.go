// Package plain writes a document as plain text: lines of at most 76 letters, a row of a
// table as one "Head: value" below the other, so that it reads well on a phone and aloud.
//
// In: a format/document. Out: text with line feeds. The same document gives the same text.
// It knows nothing of schools.
package plain
