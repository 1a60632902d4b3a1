// Package markup is the light markup of the box in which a person edits a letter, and
// the way between it and a document.
//
// It is Markdown as far as a letter needs it, read so that nothing that was typed is
// lost: what is no markup stays as it was typed.
//
//	# Heading                    levels 1 to 4
//	**bold** and *italic*
//	- item                       also * and •
//	1. item                      numbers stay as they were typed
//	**Name of the table**        the line above a table
//	| Week of | Promised |
//	|---------|---------:|       as many dashes as a column is wide; a colon: to the right
//	| May 4   | 60       |       <br> begins a new line in a cell
//	[text](https://example.org)
//	[[When did they answer?]]    a blank with its question
//	{sign: Parent}               a line to sign on; {sign: Parent = Ana Díaz} with a name
//	{right} March 4, 2026        a paragraph to the right; also small, with, lang=es
//	---                          a new page
//	\*                           a star that is a star
//
// A line break stays a line break; an empty line begins a paragraph. A line of
// underscores stays one, and so do names with underscores. Quotes, code and HTML have no
// meaning: they are shown as typed. Lists lie flat: an item further in is an item of its
// own.
//
// Parse reads it, Format writes it, Clean makes it from what was pasted, Text makes plain
// text of what was pasted. Which stars are bold or italic is decided by goldmark, as
// CommonMark says; the blocks are read here, because Markdown drops cells, numbers items
// anew and takes lines of dashes for headings. It reads no file, no network and no clock, and knows nothing of schools.
package markup
