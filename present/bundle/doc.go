// Package bundle is evidence to verify: one zip that carries a record, the files
// it names and everything it takes to check both.
//
// In: walls of one case as the desk hands them out, and a way to sign. Out: a
// zip that is the same to the last byte for the same input. Back in: any zip.
// Back out: what was altered, missing, added, moved or lawfully destroyed, entry
// by entry, and what that proves.
//
// Verify needs nothing but the bundle and trusts nothing in it. What it can say
// depends on what the reader brings along: nothing, the maker's public key, or a
// checkpoint given out earlier. docs/record-format.md describes every byte, and
// test/tamper holds a second verifier written from that page.
//
// The package derives nothing and knows nothing of who may see what: what is
// handed to Write is in the bundle, and a wall that is not handed over leaves no
// trace in it.
package bundle
