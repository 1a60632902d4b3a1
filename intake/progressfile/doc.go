// Package progressfile reads what a case file says of progress: probes in a CSV
// file that it names, or written in the case file itself.
//
// In: the node under `progress`, and the bytes of the log. Out: every probe, or
// every problem of the file with its line and column; nothing is half read. It
// derives nothing, and a value that can be read in two ways is refused.
package progressfile
