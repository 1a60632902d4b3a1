// Package packet puts packs of papers, and the week of a case, into words.
//
// In: a pack and a catalog. Out: its parts in words, each with the entries it stands on,
// for a page; the same parts as a document; and the letter about a week, in plain words.
// It derives nothing.
package packet
