// Package web is the pages: what a person sees and does in a browser.
//
// In: a desk, which decides who may do what, and words. Out: HTML that works
// with scripts off. routes.go is its table of contents; a route, its handler,
// its file, its template and its page share a name. The pages derive nothing
// and know no database, and nothing they send comes from or goes to another
// machine.
package web
