//go:build unix

package sqlite

import (
	"errors"
	"syscall"
)

// isFull reports that the disk, or what this person may use of it, is full, or
// that a file may not grow further.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
