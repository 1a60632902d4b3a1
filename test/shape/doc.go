// Package shape checks who imports whom: the architecture as a test. See
// docs/architecture.md.
package shape
