// Package calendar reads a district's school calendar.
//
// In: the bytes of a calendar file, in the project's own form, in the older
// research form, or as iCalendar (.ics) as districts publish it. Out: school
// years ready to count with, and a list of what a person should check; or the
// problems of the file with their places. It decides no date: what it cannot
// tell it says, and a year of which it does not know the first and the last day
// is never called complete.
package calendar
