// Package brief gathers everything that follows from one case on one day: the
// main job in one call.
//
// In: a case, the law book, the school's calendar, the day and what was known.
// Out: a Brief. It reads no clock and no file.
package brief
