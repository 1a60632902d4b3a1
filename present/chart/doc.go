// Package chart draws pictures, as SVG and, of a goal, as a drawing for files: probes with the line to the goal, the
// trend and its band, changes of the plan, and below them the minutes of service.
//
// In: results and a catalog. Out: bytes, the same for the same arguments, and a
// table that says the same. A picture has a title and a description, needs no
// script and no style attribute, and can be read in black and white: lines differ
// by their dashes and points by their shape. It works out no result.
package chart
