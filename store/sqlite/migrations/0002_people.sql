-- Who may do what, and who read what.

-- +goose Up

-- Small things kept as JSON: memberships, grants, invitations, accounts, devices.
-- Those of the whole server have the space ''.
CREATE TABLE items (
    space   TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    body    BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (space, kind, id)
) STRICT, WITHOUT ROWID;

-- The access log: who read or did what.
CREATE TABLE seen (
    space   TEXT    NOT NULL REFERENCES spaces,
    n       INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    person  TEXT    NOT NULL,
    case_id TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    page    TEXT    NOT NULL,
    device  TEXT    NOT NULL,
    PRIMARY KEY (space, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX seen_case ON seen (space, case_id, n);

-- +goose StatementBegin
CREATE TRIGGER seen_fixed BEFORE UPDATE ON seen BEGIN
    SELECT RAISE(ABORT, 'stayput: the access log never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER seen_stays BEFORE DELETE ON seen BEGIN
    SELECT RAISE(ABORT, 'stayput: the access log is never shortened');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER seen_once BEFORE INSERT ON seen
WHEN EXISTS (SELECT 1 FROM seen WHERE space = new.space AND n = new.n) BEGIN
    SELECT RAISE(ABORT, 'stayput: taken');
END;
-- +goose StatementEnd

-- Until now each space had one person, who owned it.
INSERT INTO items (space, kind, id, version, body, at)
SELECT p.space, 'member', p.person, 1,
    CAST(json_object('person', p.person, 'role', 'owner', 'counsel', json('true'), 'since', strftime('%Y-%m-%dT%H:%M:%SZ', s.created / 1000, 'unixepoch')) AS BLOB),
    s.created
FROM people p JOIN spaces s ON s.space = p.space;

PRAGMA user_version = 2;
