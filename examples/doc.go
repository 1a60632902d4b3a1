// Package examples holds the case files that come with the program: published
// decisions as dated facts, with what each adjudicator found, and invented
// families that show what a brief can say.
//
// In: nothing. Out: files. The names of the families are invented; nobody in
// the decisions is named.
package examples
