// Package fact is the vocabulary: every kind of dated fact that a case record
// may hold, the fields an entry may carry, and the facts about a child or a
// matter that conditions in the law may ask about.
//
// In: words that a person or another program wrote. Out: checked values, or the
// nearest known word. It knows no law, reads no file and makes no sentences.
package fact
