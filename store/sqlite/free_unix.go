//go:build linux || darwin || freebsd

package sqlite

import "syscall"

// free is the room that is left for this person on the disk of a folder.
func free(folder string) (uint64, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil || int64(s.Bavail) < 0 {
		return 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), true
}
