// Command tamper makes a bundle whose content is known, does to it what somebody
// who wants the record to say something else would do, over and over, and makes
// sure each time that the check says so and names the right entry:
//
//	go run ./test/tamper -n 500 -seed 1
//
// In the same folder, verify.py is a second verifier, in another language, written
// from docs/record-format.md alone. The tests hold the two against each other.
package main
