// Package document is the model of a document: a title, a language, and blocks one after
// the other, such as headings, paragraphs, lists and tables.
//
// In: nothing; whoever has something to say builds a Document. Out: what format/pdf,
// format/docx and format/plain write, and what format/markup reads and writes. It says
// what a piece is, never how large or in which font. It knows nothing of schools.
package document
