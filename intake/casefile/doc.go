// Package casefile reads and writes the case file: the whole record of a case
// as one YAML or JSON document that a person can write by hand.
//
// In: the bytes of a file. Out: a File whose every word was checked, or every
// problem of the file with its line and column; nothing is half read. Written
// back, the file says the same facts; comments may go. It opens no other file:
// the calendars, logs and evidence a case names are its caller's to find.
package casefile
