// Package handover is what comes in as files and what goes out as files: case
// files, school calendars and attachments, one by one or in a zip; evidence
// bundles.
//
// In: bytes that anybody may have made, or a case of the desk. Out: cases opened
// through the desk, or files written. Nothing that comes in is trusted: sizes,
// names and types are found out here. It derives nothing and asks the desk for
// everything, so that whoever may not see a thing cannot hand it over.
package handover
