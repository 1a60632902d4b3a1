// Package guide is the words that teach: the glossary, the myths and what is
// true, the help topics, the cards to hold up at a school's counter, the
// doors of the first question "What happened?", the quick captures on the
// phone, what to say when, and outlines for teaching families and staff. Each
// stands in English and in Spanish, written for a tired parent.
//
// In: the YAML files of this folder, built into the program and read once,
// strictly: an unknown key, an unknown kind of fact or a text that is missing
// in one language is refused with its place. Out: typed lists in one
// language, and the terms whose names occur in a text.
//
// It never decides, counts or predicts anything, and it writes no entry: a Log
// only says which kind of fact a tap would log and which of its fields are
// known. It holds no HTML. Every statement of law carries its citation and how
// well it was checked. It never asks for immigration status or for a social
// security number.
package guide
