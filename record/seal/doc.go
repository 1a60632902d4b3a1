// Package seal makes a record that anybody can check.
//
// In: what was said, as bytes, with who said it and the moment it was written
// down. Out: entries that commit to those bytes, a Merkle tree over them, signed
// heads of that tree, and proofs that one entry stands in it.
//
// An entry does not hold its body; it holds the digest of a salted body that lies
// beside it. A body the law orders destroyed can be destroyed, and the tree still
// verifies. Each wall of a case has its own log, so that neither a number nor a
// size nor a gap tells that something private exists.
//
// The tree is the one of the Go checksum database (golang.org/x/mod/sumdb/tlog,
// RFC 6962 section 2.1), the signed head a signed note with Ed25519
// (golang.org/x/mod/sumdb/note). The package reads no clock, no file and no
// chance: the moment, the names and the salts are arguments.
package seal
