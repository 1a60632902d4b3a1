package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// reexec runs this command again in mounts of its own, when the system allows it.
func reexec(self, dir string, short bool) (status int, err error) {
	for _, how := range []*syscall.SysProcAttr{
		{Cloneflags: syscall.CLONE_NEWNS},
		{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}},
		nil,
	} {
		if how != nil && !probe(self, dir, how) {
			continue
		}
		args := []string{}
		if short {
			args = append(args, "-short")
		}
		c := exec.Command(self, args...)
		c.SysProcAttr, c.Stdout, c.Stderr = how, os.Stdout, os.Stderr
		c.Env = append(os.Environ(), inside+"="+dir)
		if how != nil {
			c.Env = append(c.Env, inside+"_MOUNTS=yes")
		}
		err := c.Run()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return exit.ExitCode(), nil
		}
		return 0, err
	}
	return 1, nil
}

// probe reports whether a small file system can be mounted that way.
func probe(_, dir string, how *syscall.SysProcAttr) bool {
	at := filepath.Join(dir, "probe")
	if os.MkdirAll(at, 0o700) != nil {
		return false
	}
	c := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", at)
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: how.Cloneflags, UidMappings: how.UidMappings, GidMappings: how.GidMappings}
	return c.Run() == nil
}

// mountSmall puts a file system of so many megabytes at a folder.
func mountSmall(at, size string) error {
	// What is mounted here must not be seen outside.
	_ = syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, "")
	return syscall.Mount("tmpfs", at, "tmpfs", 0, "mode=0700,size="+size)
}

// turn makes a mount readable only, or writable again.
func turn(at string, readOnly bool) error {
	flags := uintptr(syscall.MS_REMOUNT)
	if readOnly {
		flags |= syscall.MS_RDONLY
	}
	return syscall.Mount("tmpfs", at, "tmpfs", flags, "")
}

func unmount(at string) { _ = syscall.Unmount(at, syscall.MNT_DETACH) }

// room is what is free at a folder, in bytes.
func room(at string) int64 {
	var s syscall.Statfs_t
	if syscall.Statfs(at, &s) != nil {
		return 0
	}
	return int64(s.Bavail) * s.Bsize
}
