// Package mail writes a message as a draft: a file of the kind .eml that a mail program
// opens to be read once more and sent. It sends nothing.
//
// In: a Draft. Out: a message as RFC 5322 and MIME say, in plain letters only, with lines
// that end as mail's do. Names, subjects and names of files may be in any script (RFC 2047
// and 2231). The header X-Unsent tells Outlook, and programs that follow it, that the
// message is not sent yet. The same draft gives the same bytes: what parts the pieces comes
// from what they hold, and there is a date only when one is given.
//
// It is written with the standard library, because the builder of enmime puts the present
// time into every message; the tests read it back with enmime and with Python.
package mail
