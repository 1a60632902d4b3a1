// Package docx writes documents that word processors open: headings, paragraphs, lists
// and tables, with a title, a language and page numbers.
//
// In: a document.Document, whole. Out: the bytes of a .docx file. The same document gives the
// same bytes: nothing of it depends on the time or on chance. What it writes can be read
// aloud: headings are headings, the head of a table repeats on each page and is marked,
// the language is said. It knows nothing of schools.
package docx
