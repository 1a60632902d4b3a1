// Package peer measures and checks our business days against a library that many
// programs use, in one process on the same days. Nothing else imports it.
package peer
