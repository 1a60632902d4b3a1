// Package brief shows a derived brief to people and to programs: as text for a
// terminal, as JSON, and as one page of HTML that works on a phone and prints.
//
// In: a brief as stayput/derive/brief makes it, a catalog of sentences and the
// texts of the law packs. Out: bytes. It derives nothing: every date, status and
// order it shows is the brief's own; what it adds is words, grouping and
// drawing. It never prints a guess as a date, and never a demand before a
// question.
package brief
