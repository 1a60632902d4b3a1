// Package passage cuts a text that came from somebody else into the passages that a
// reader points at: a sentence, an item of a list, a line of a form.
//
// In: a text, cleaned. Out: its passages in order, each as a place in that text, so that
// what is quoted is always what stands there, to the letter. It keeps every letter and
// digit of the text in exactly one passage, and needs no language: signs that end a
// sentence are known for many scripts, short forms for English and Spanish
// (derive/reading). Where it is not sure it does not cut, and a long stretch without an
// end is cut at a space.
//
// It reads no file, no network and no clock, and judges nothing.
package passage
