// Package caseload reads a spreadsheet of cases: one row for each child, as an
// attorney, an advocate or a case manager keeps it.
//
// In: the bytes of a CSV or XLSX file, a mapping of its columns, and what holds
// for every row. Out: for each row a case and its entries, or what has to be
// settled first; nothing is added anywhere. It opens no file, derives no due
// date and asks no clock: today is an argument. What must not be kept (social
// security numbers, immigration status) is taken out while reading and never
// leaves this package.
package caseload

// What a file may have at most.
const (
	MaxFile     = 20 << 20  // bytes of the file
	MaxUnpacked = 100 << 20 // bytes of an XLSX file when unpacked
	MaxRows     = 5000      // rows with something in them
	MaxColumns  = 100       // columns with something in them
	MaxCell     = 32 << 10  // bytes of one cell
)
