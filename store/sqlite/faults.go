package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	modernc "modernc.org/sqlite"

	"stayput/fault"
)

// Result codes of SQLite, https://www.sqlite.org/rescode.html.
const (
	codePerm       = 3
	codeBusy       = 5
	codeLocked     = 6
	codeReadOnly   = 8
	codeInterrupt  = 9
	codeIO         = 10
	codeCorrupt    = 11
	codeFull       = 13
	codeCantOpen   = 14
	codeConstraint = 19
	codeNotADB     = 26

	codeForeignKey = codeConstraint | 3<<8
	codePrimaryKey = codeConstraint | 6<<8
	codeTrigger    = codeConstraint | 7<<8
	codeUnique     = codeConstraint | 8<<8

	codeIOWrite    = codeIO | 3<<8
	codeIOFsync    = codeIO | 4<<8
	codeIODirFsync = codeIO | 5<<8
	codeIOTruncate = codeIO | 6<<8
	codeIOShmSize  = codeIO | 19<<8
	codeIOShmMap   = codeIO | 21<<8
)

// taken is what the triggers say of a key that is there already.
const taken = "stayput: taken"

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func made(k fault.Kind, key string, pairs ...string) *fault.Error {
	return fault.New(k, fault.Position{}, key, pairs...)
}

// none is what is not there: one of space, person, case, log, entry, file,
// calendar and draft.
func none(thing string) error { return made(fault.NotFound, "store.none_"+thing) }
func changed() error          { return made(fault.Conflict, "store.changed") }

func errFull(folder string) *fault.Error {
	return made(fault.Unavailable, "store.full", "folder", folder)
}
func errReadOnly(folder string) *fault.Error {
	return made(fault.Unavailable, "store.read_only", "folder", folder)
}
func errLocked(folder string) *fault.Error {
	return made(fault.Unavailable, "store.locked", "folder", folder)
}

// code is SQLite's extended result code, or 0.
func code(err error) int {
	if e, ok := errors.AsType[*modernc.Error](err); ok {
		return e.Code()
	}
	return 0
}

// translate makes of an error of SQLite or of the system one that a person can
// do something about, where there is one. folder is where the file is.
func translate(err error, folder string) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	switch c := code(err); c & 0xff {
	case codeFull:
		return errFull(folder).Wrap(err)
	case codeIO:
		switch c {
		case codeIOWrite, codeIOFsync, codeIODirFsync, codeIOTruncate, codeIOShmSize, codeIOShmMap:
			// SQLite does not pass on what the system said. A disk with no room
			// left is by far the likeliest; else the disk itself is ailing.
			if room, ok := free(folder); !ok || room < 1<<20 || c == codeIOShmSize || c == codeIOShmMap {
				return errFull(folder).Wrap(err)
			}
		}
		return made(fault.Unavailable, "store.disk", "folder", folder).Wrap(err)
	case codeReadOnly, codePerm:
		return errReadOnly(folder).Wrap(err)
	case codeBusy, codeLocked:
		return errLocked(folder).Wrap(err)
	case codeCantOpen:
		if why := access(filepath.Join(folder, fileName)); why != nil {
			return translate(why, folder)
		}
		return made(fault.Unavailable, "store.disk", "folder", folder).Wrap(err)
	case codeNotADB:
		return made(fault.Broken, "store.not_a_database", "path", filepath.Join(folder, fileName)).Wrap(err)
	case codeCorrupt:
		return made(fault.Broken, "store.damaged", "path", filepath.Join(folder, fileName)).Wrap(err)
	case codeInterrupt:
		return context.Canceled
	}
	switch {
	case isFull(err):
		return errFull(folder).Wrap(err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ENOTDIR):
		return errReadOnly(folder).Wrap(err)
	}
	return err
}

// constraint makes of a broken constraint what it means to a person. within is
// what the row belongs to, which is not there when a foreign key is broken.
func constraint(err error, within string) error {
	switch code(err) {
	case codePrimaryKey, codeUnique:
		return made(fault.Conflict, "store.taken").Wrap(err)
	case codeForeignKey:
		return made(fault.NotFound, "store.none_"+within).Wrap(err)
	case codeTrigger:
		if strings.Contains(err.Error(), taken) {
			return made(fault.Conflict, "store.taken").Wrap(err)
		}
	}
	return err
}

// isConstraint reports an error after which SQLite goes on as if the statement
// had not been.
func isConstraint(err error) bool { return code(err)&0xff == codeConstraint }

var (
	errInRead = errors.New("store: a changing method was called in Read")
	errOver   = errors.New("store: a Tx was used after its Read or Write had ended")
	errAppend = errors.New("store: an Append needs entries in order with their log's name, a body and its digest for each, their hashes and the head")
	errPublic = errors.New("store: the public key of a space is not the one of its key")
	errNoName = errors.New("store: a name is empty")
)
