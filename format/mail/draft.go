package mail

import "time"

// A Draft is a message that was not sent.
type Draft struct {
	From, To, Cc, Bcc []Address // any may be empty: the mail program fills them
	Subject           string
	Language          string    // of the texts, as "es-US"; may be empty
	Date              time.Time // zero: none
	Text              string    // the message in plain text
	HTML              string    // the same with a look; may be empty
	Files             []File
}

// An Address is somebody who gets or writes mail.
type Address struct {
	Name  string // may be empty
	Email string
}

// A File is attached.
type File struct {
	Name string // without folders
	Type string // as "application/pdf"; empty: unknown
	Data []byte
}
