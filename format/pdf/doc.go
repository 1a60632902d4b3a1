// Package pdf writes tagged PDF files: headings are headings, lists are lists, a table has
// header cells, a picture has its text, and the language is said, so that a file can be
// read aloud. Fonts are embedded.
//
// In: a document.Document, whole. Out: the bytes of a PDF file, and what could not be
// printed. The same document gives the same bytes: nothing of it depends on the time or
// on chance. The files do not claim to be PDF/UA: veraPDF was run over them by hand and
// found nothing else missing (docs/papers.md), but the tests do not run it. It knows
// nothing of schools.
//
// How it works: a typesetter shapes text and breaks it into lines; a layout makes strips
// of blocks, which are never cut; a flow puts strips on pages; a page writes them with the
// tags they belong to; a file holds the objects. Lengths are whole thousandths of a point,
// so that every machine comes to the same lines.
package pdf
