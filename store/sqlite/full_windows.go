package sqlite

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isFull reports that the disk, or what this person may use of it, is full.
func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED) || errors.Is(err, windows.ERROR_FILE_TOO_LARGE)
}

// free is the room that is left for this person on the disk of a folder.
func free(folder string) (uint64, bool) {
	p, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, false
	}
	var room uint64
	if err := windows.GetDiskFreeSpaceEx(p, &room, nil, nil); err != nil {
		return 0, false
	}
	return room, true
}
