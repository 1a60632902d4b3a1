-- The record. The space is the first column of every key, so that nothing
-- crosses from one space to another by accident. What must never change is
-- kept from changing here, by triggers, and not only by the program.
-- Moments are milliseconds since 1970 in UTC. Column n counts what was added
-- to a table of a space, for lists in the order of adding.

-- +goose Up

CREATE TABLE spaces (
    space   TEXT    NOT NULL PRIMARY KEY,
    n       INTEGER NOT NULL UNIQUE,
    kind    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    public  TEXT    NOT NULL,
    secret  TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    space     TEXT    NOT NULL REFERENCES spaces,
    person    TEXT    NOT NULL,
    n         INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    lang      TEXT    NOT NULL,
    register  TEXT    NOT NULL,
    shortcuts INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (space, person),
    UNIQUE (space, n)
) STRICT, WITHOUT ROWID;

-- added counts the entries of all walls of the case. It never leaves the
-- store: it only orders what a search finds.
CREATE TABLE cases (
    space   TEXT    NOT NULL REFERENCES spaces,
    case_id TEXT    NOT NULL,
    n       INTEGER NOT NULL,
    created INTEGER NOT NULL,
    batch   TEXT    NOT NULL,
    added   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (space, case_id),
    UNIQUE (space, n)
) STRICT, WITHOUT ROWID;

-- n numbers the logs of the whole file; the search index is laid out by it.
CREATE TABLE logs (
    space      TEXT    NOT NULL,
    case_id    TEXT    NOT NULL,
    wall       TEXT    NOT NULL,
    n          INTEGER NOT NULL UNIQUE CHECK (n BETWEEN 1 AND 2147483647),
    name       TEXT    NOT NULL,
    size       INTEGER NOT NULL DEFAULT 0 CHECK (size BETWEEN 0 AND 4294967295),
    root       BLOB    CHECK (length(root) = 32),
    at         INTEGER,
    checkpoint BLOB,
    destroyed  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (space, case_id, wall),
    UNIQUE (space, name),
    FOREIGN KEY (space, case_id) REFERENCES cases,
    CHECK (size = 0 OR (root IS NOT NULL AND at IS NOT NULL AND checkpoint IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    space   TEXT    NOT NULL,
    case_id TEXT    NOT NULL,
    wall    TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    id      TEXT    NOT NULL,
    what    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    person  TEXT    NOT NULL,
    digest  BLOB    NOT NULL CHECK (length(digest) = 32),
    added   INTEGER NOT NULL,
    PRIMARY KEY (space, case_id, wall, seq),
    UNIQUE (space, case_id, id),
    FOREIGN KEY (space, case_id, wall) REFERENCES logs
) STRICT, WITHOUT ROWID;

CREATE TABLE bodies (
    space   TEXT    NOT NULL,
    case_id TEXT    NOT NULL,
    wall    TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    salt    BLOB,
    data    BLOB,
    PRIMARY KEY (space, case_id, wall, seq),
    FOREIGN KEY (space, case_id, wall, seq) REFERENCES entries,
    CHECK ((salt IS NULL) = (data IS NULL))
) STRICT, WITHOUT ROWID;

-- Which body may be destroyed, and the entry that says so.
CREATE TABLE destruction (
    space    TEXT NOT NULL,
    case_id  TEXT NOT NULL,
    wall     TEXT NOT NULL,
    id       TEXT NOT NULL,
    by_entry TEXT NOT NULL,
    PRIMARY KEY (space, case_id, wall, id),
    FOREIGN KEY (space, case_id, wall) REFERENCES logs
) STRICT, WITHOUT ROWID;

-- The stored hashes of each log's tree.
CREATE TABLE hashes (
    space   TEXT    NOT NULL,
    case_id TEXT    NOT NULL,
    wall    TEXT    NOT NULL,
    n       INTEGER NOT NULL,
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (space, case_id, wall, n),
    FOREIGN KEY (space, case_id, wall) REFERENCES logs
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints_given (
    space      TEXT    NOT NULL,
    case_id    TEXT    NOT NULL,
    wall       TEXT    NOT NULL,
    n          INTEGER NOT NULL,
    checkpoint BLOB    NOT NULL,
    PRIMARY KEY (space, case_id, wall, n),
    FOREIGN KEY (space, case_id, wall) REFERENCES logs
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    space  TEXT    NOT NULL REFERENCES spaces,
    digest BLOB    NOT NULL CHECK (length(digest) = 32),
    size   INTEGER NOT NULL,
    type   TEXT    NOT NULL,
    PRIMARY KEY (space, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE file_chunks (
    space  TEXT    NOT NULL,
    digest BLOB    NOT NULL,
    n      INTEGER NOT NULL,
    data   BLOB    NOT NULL,
    PRIMARY KEY (space, digest, n),
    FOREIGN KEY (space, digest) REFERENCES files ON DELETE CASCADE
) STRICT;

CREATE TABLE calendars (
    space   TEXT    NOT NULL REFERENCES spaces,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    body    BLOB    NOT NULL,
    person  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (space, id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    space   TEXT    NOT NULL,
    person  TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    body    BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (space, person, name),
    FOREIGN KEY (space, person) REFERENCES people
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
    space  TEXT    NOT NULL REFERENCES spaces,
    id     TEXT    NOT NULL,
    n      INTEGER NOT NULL,
    name   TEXT    NOT NULL,
    person TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    undone INTEGER,
    report BLOB    NOT NULL,
    PRIMARY KEY (space, id),
    UNIQUE (space, n)
) STRICT, WITHOUT ROWID;

-- Sign-ins belong to no space. The token itself is never kept.
CREATE TABLE sessions (
    token  BLOB    NOT NULL PRIMARY KEY CHECK (length(token) = 32),
    data   BLOB    NOT NULL,
    expiry INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_expiry ON sessions (expiry);

-- The words of the entries. The rowid is the number of the log in the upper 32
-- bits and the place in it in the lower ones, so that a search runs over the
-- rows of one wall and touches no other. secure-delete makes the words of a
-- destroyed body go at once instead of at the next merge.
CREATE VIRTUAL TABLE search USING fts5 (
    words, space UNINDEXED, case_id UNINDEXED, wall UNINDEXED, id UNINDEXED, added UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- What must never change. The triggers before an insert also stop REPLACE,
-- which takes rows out without asking the triggers before a delete.

-- +goose StatementBegin
CREATE TRIGGER spaces_stay BEFORE DELETE ON spaces BEGIN
    SELECT RAISE(ABORT, 'stayput: a space is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER spaces_fixed BEFORE UPDATE OF space, n, public, secret, created ON spaces BEGIN
    SELECT RAISE(ABORT, 'stayput: the key of a space never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER spaces_once BEFORE INSERT ON spaces
WHEN EXISTS (SELECT 1 FROM spaces WHERE space = new.space OR n = new.n) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER cases_stay BEFORE DELETE ON cases BEGIN
    SELECT RAISE(ABORT, 'stayput: a case is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER cases_fixed BEFORE UPDATE OF space, case_id, n, created, batch ON cases BEGIN
    SELECT RAISE(ABORT, 'stayput: a case never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER cases_once BEFORE INSERT ON cases
WHEN EXISTS (SELECT 1 FROM cases WHERE space = new.space AND (case_id = new.case_id OR n = new.n)) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER logs_stay BEFORE DELETE ON logs BEGIN
    SELECT RAISE(ABORT, 'stayput: a log is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER logs_grow BEFORE UPDATE ON logs
WHEN new.space <> old.space OR new.case_id <> old.case_id OR new.wall <> old.wall OR new.n <> old.n
    OR new.name <> old.name OR new.size < old.size OR new.destroyed < old.destroyed BEGIN
    SELECT RAISE(ABORT, 'stayput: a log only grows');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER logs_once BEFORE INSERT ON logs
WHEN EXISTS (SELECT 1 FROM logs WHERE space = new.space AND case_id = new.case_id AND wall = new.wall)
    OR EXISTS (SELECT 1 FROM logs WHERE space = new.space AND name = new.name)
    OR EXISTS (SELECT 1 FROM logs WHERE n = new.n) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN
    SELECT RAISE(ABORT, 'stayput: an entry is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entries_fixed BEFORE UPDATE ON entries BEGIN
    SELECT RAISE(ABORT, 'stayput: an entry never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entries_once BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE space = new.space AND case_id = new.case_id AND id = new.id) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entries_last BEFORE INSERT ON entries
WHEN new.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM entries WHERE space = new.space AND case_id = new.case_id AND wall = new.wall) BEGIN
    SELECT RAISE(ABORT, 'stayput: an entry goes to the end of its log');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER bodies_stay BEFORE DELETE ON bodies BEGIN
    SELECT RAISE(ABORT, 'stayput: a body is never taken out but destroyed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER bodies_destroyed BEFORE UPDATE ON bodies
WHEN new.salt IS NOT NULL OR new.data IS NOT NULL
    OR new.space <> old.space OR new.case_id <> old.case_id OR new.wall <> old.wall OR new.seq <> old.seq
    OR NOT EXISTS (
        SELECT 1 FROM entries e
        JOIN destruction d ON d.space = e.space AND d.case_id = e.case_id AND d.wall = e.wall AND d.id = e.id
        JOIN entries w ON w.space = d.space AND w.case_id = d.case_id AND w.id = d.by_entry
        WHERE e.space = old.space AND e.case_id = old.case_id AND e.wall = old.wall AND e.seq = old.seq
            AND w.wall = e.wall AND w.what = 'destroyed' AND w.seq > e.seq
    ) BEGIN
    SELECT RAISE(ABORT, 'stayput: a body never changes; it is destroyed when an entry says so');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER bodies_once BEFORE INSERT ON bodies
WHEN new.data IS NULL
    OR EXISTS (SELECT 1 FROM bodies WHERE space = new.space AND case_id = new.case_id AND wall = new.wall AND seq = new.seq) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER destruction_stays BEFORE DELETE ON destruction BEGIN
    SELECT RAISE(ABORT, 'stayput: that a body was destroyed is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER destruction_fixed BEFORE UPDATE ON destruction BEGIN
    SELECT RAISE(ABORT, 'stayput: that a body was destroyed never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER destruction_said BEFORE INSERT ON destruction
WHEN EXISTS (SELECT 1 FROM destruction WHERE space = new.space AND case_id = new.case_id AND wall = new.wall AND id = new.id)
    OR NOT EXISTS (
        SELECT 1 FROM entries e
        JOIN entries w ON w.space = e.space AND w.case_id = e.case_id AND w.id = new.by_entry
        WHERE e.space = new.space AND e.case_id = new.case_id AND e.id = new.id AND e.wall = new.wall
            AND w.wall = e.wall AND w.what = 'destroyed' AND w.seq > e.seq
    ) BEGIN
    SELECT RAISE(ABORT, 'stayput: a later entry of the log must say that the body is destroyed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hashes_stay BEFORE DELETE ON hashes BEGIN
    SELECT RAISE(ABORT, 'stayput: a hash is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hashes_fixed BEFORE UPDATE ON hashes BEGIN
    SELECT RAISE(ABORT, 'stayput: a hash never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER hashes_last BEFORE INSERT ON hashes
WHEN new.n IS NOT (SELECT coalesce(max(n) + 1, 0) FROM hashes WHERE space = new.space AND case_id = new.case_id AND wall = new.wall) BEGIN
    SELECT RAISE(ABORT, 'stayput: a hash goes to the end of its tree');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER checkpoints_given_stay BEFORE DELETE ON checkpoints_given BEGIN
    SELECT RAISE(ABORT, 'stayput: a checkpoint that was given is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER checkpoints_given_fixed BEFORE UPDATE ON checkpoints_given BEGIN
    SELECT RAISE(ABORT, 'stayput: a checkpoint that was given never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER checkpoints_given_last BEFORE INSERT ON checkpoints_given
WHEN new.n IS NOT (SELECT coalesce(max(n) + 1, 0) FROM checkpoints_given WHERE space = new.space AND case_id = new.case_id AND wall = new.wall) BEGIN
    SELECT RAISE(ABORT, 'stayput: a checkpoint goes to the end');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER calendars_stay BEFORE DELETE ON calendars BEGIN
    SELECT RAISE(ABORT, 'stayput: a version of a calendar is never taken out');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER calendars_fixed BEFORE UPDATE ON calendars BEGIN
    SELECT RAISE(ABORT, 'stayput: a version of a calendar never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER calendars_last BEFORE INSERT ON calendars
WHEN new.version IS NOT (SELECT coalesce(max(version) + 1, 1) FROM calendars WHERE space = new.space AND id = new.id) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

PRAGMA user_version = 1;
