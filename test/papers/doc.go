// Package papers drafts every paper from every sample family, writes the files that a
// family would send, and reads them back with programs of others.
package papers
