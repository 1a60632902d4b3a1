// Package raster draws a drawing of format/document as a PNG, for files that take no
// lines.
//
// In: a drawing, and how many dots a unit has. Out: bytes, the same for the same drawing;
// shades of gray when the drawing has no color. The letters are those of format/pdf. It
// knows nothing of schools.
package raster
