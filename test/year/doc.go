// Package year plays a year of one case, with everybody who has to do with it, and
// looks at each step at what each of them sees.
package year
