//go:build unix && !linux && !darwin && !freebsd

package sqlite

// free is not known here.
func free(string) (uint64, bool) { return 0, false }
