// Package pair shows that a phone in another network reaches a laptop that it was
// paired with, and that a stranger there does not: with the real program, real
// addresses and real TLS, in network namespaces of its own.
package pair
