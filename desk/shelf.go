package desk

// A shelf keeps what was read lately. Filled in with folders.
type shelf struct{ room int }

func newShelf(room int) *shelf { return &shelf{room: room} }
