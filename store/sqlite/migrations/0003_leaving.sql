-- A space may leave for good. Until now nothing of a space was ever taken out;
-- now all of one may be, and only all of it, in one transaction.

-- +goose Up

-- The space that is leaving. Its row lives within one transaction only: never
-- has no rows and gets none, so that no transaction can end with a row in here.
-- (Another program may not ask for foreign keys; stayput check finds what it left.)
CREATE TABLE never (n INTEGER NOT NULL PRIMARY KEY) STRICT;

CREATE TABLE leaving (
    space TEXT    NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL DEFAULT 0 REFERENCES never DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- The days on which a space left, and nothing else of it. cleared says that the
-- file was written anew since, so that no byte of it stays.
CREATE TABLE leavings (
    n       INTEGER NOT NULL PRIMARY KEY,
    day     TEXT    NOT NULL,
    cleared INTEGER NOT NULL DEFAULT 0
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER never_filled BEFORE INSERT ON never BEGIN
    SELECT RAISE(ABORT, 'stayput: this table has no rows');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER leaving_known BEFORE INSERT ON leaving
WHEN new.until <> 0 OR NOT EXISTS (SELECT 1 FROM spaces WHERE space = new.space)
    OR EXISTS (SELECT 1 FROM leaving) BEGIN
    SELECT RAISE(ABORT, 'stayput: one space leaves at a time');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER leaving_fixed BEFORE UPDATE ON leaving BEGIN
    SELECT RAISE(ABORT, 'stayput: a space that leaves goes whole');
END;
-- +goose StatementEnd

-- Whoever begins to take a space out takes out all of it, or nothing. (What the
-- space has in other tables hangs on its row.)
-- +goose StatementBegin
CREATE TRIGGER leaving_whole BEFORE DELETE ON leaving
WHEN EXISTS (SELECT 1 FROM spaces WHERE space = old.space) OR EXISTS (SELECT 1 FROM items WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a space that leaves goes whole');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER leavings_stay BEFORE DELETE ON leavings BEGIN
    SELECT RAISE(ABORT, 'stayput: the day of a leaving stays');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER leavings_fixed BEFORE UPDATE OF n, day ON leavings BEGIN
    SELECT RAISE(ABORT, 'stayput: the day of a leaving stays');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER leavings_once BEFORE INSERT ON leavings
WHEN EXISTS (SELECT 1 FROM leavings WHERE n = new.n) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

-- What was never taken out may go with its space.

DROP TRIGGER spaces_stay;

-- +goose StatementBegin
CREATE TRIGGER spaces_stay BEFORE DELETE ON spaces
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a space is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER cases_stay;

-- +goose StatementBegin
CREATE TRIGGER cases_stay BEFORE DELETE ON cases
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a case is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER logs_stay;

-- +goose StatementBegin
CREATE TRIGGER logs_stay BEFORE DELETE ON logs
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a log is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER entries_stay;

-- +goose StatementBegin
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: an entry is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER bodies_stay;

-- +goose StatementBegin
CREATE TRIGGER bodies_stay BEFORE DELETE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a body is never taken out but destroyed');
END;
-- +goose StatementEnd

DROP TRIGGER destruction_stays;

-- +goose StatementBegin
CREATE TRIGGER destruction_stays BEFORE DELETE ON destruction
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: that a body was destroyed is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER hashes_stay;

-- +goose StatementBegin
CREATE TRIGGER hashes_stay BEFORE DELETE ON hashes
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a hash is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER checkpoints_given_stay;

-- +goose StatementBegin
CREATE TRIGGER checkpoints_given_stay BEFORE DELETE ON checkpoints_given
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a checkpoint that was given is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER calendars_stay;

-- +goose StatementBegin
CREATE TRIGGER calendars_stay BEFORE DELETE ON calendars
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: a version of a calendar is never taken out');
END;
-- +goose StatementEnd

DROP TRIGGER seen_stays;

-- +goose StatementBegin
CREATE TRIGGER seen_stays BEFORE DELETE ON seen
WHEN NOT EXISTS (SELECT 1 FROM leaving WHERE space = old.space) BEGIN
    SELECT RAISE(ABORT, 'stayput: the access log is never shortened');
END;
-- +goose StatementEnd

PRAGMA user_version = 3;
