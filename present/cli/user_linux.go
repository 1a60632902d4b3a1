package cli

import "golang.org/x/sys/unix"

const (
	getTerm = unix.TCGETS
	setTerm = unix.TCSETS
)
