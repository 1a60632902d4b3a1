// Package servicelog reads what was logged of services: spreadsheets of sessions
// with a mapping of their columns, logs of providers pasted as text, and the
// service spreadsheet that SEIS writes.
//
// In: the bytes of a CSV or XLSX file, or a text; a mapping; what is known of the
// plan and of earlier logs. Out: a report, row by row, of what would be added and
// what cannot be read; nothing is added anywhere, and a report with an unread row
// gives its logs only when that row is left out on purpose. Workbooks are read as
// a stream, so that memory does not grow with pictures, formulas or empty cells.
// It opens no file and asks no clock.
package servicelog

// What a file may have at most.
const (
	MaxFile     = 25 << 20  // bytes of the file
	MaxUnpacked = 150 << 20 // bytes of a workbook when unpacked, in one reading
	MaxTexts    = 64 << 20  // bytes of the shared texts of a workbook
	MaxRows     = 50_000    // rows with something in them
	MaxColumns  = 80
	MaxCell     = 4 << 10 // bytes of one cell; what is longer is cut
	MaxText     = 1 << 20 // bytes of a pasted text
)
