// Package script runs the real program the way its users do: each file in
// testdata is a short story with its commands and what must come out.
package script
