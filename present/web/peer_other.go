//go:build !linux

package web

// sameUser cannot be told here: the one-time link alone decides.
func sameUser(string) bool { return true }
