// Package locale holds every sentence a person reads, in English and Spanish,
// and writes dates, numbers and lists the way each language does.
//
// In: a key and named values. Out: a sentence. The catalogs are YAML files that
// translators edit, one family of keys in NAME.en.yaml and NAME.es.yaml; they
// are compiled into catalog.bin by `go generate ./locale`, so that the program
// starts without parsing them. It decides nothing: which sentence is right is
// its caller's to say. A key that is not there is shown as itself; it never
// panics.
//
// In a catalog, {name} stands for a value. A text with the forms `one` and
// `other` is a plural chosen by the value n. Maps nest: {kind: {contact: ...}}
// is the key kind.contact. Names of things are written with their article ("the
// request for an evaluation", "la solicitud de evaluación"), so that they can
// stand in a sentence in Spanish as well; Bare takes it off.
package locale

//go:generate go run gen.go
