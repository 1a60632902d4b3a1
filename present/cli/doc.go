// Package cli is the commands: it reads what the user named, calls the derive
// packages and hands the result to a presenter.
//
// In: arguments and streams. Out: text, and an exit status: 0 done, 2 the input
// was refused, 3 something is late and --fail-on late was given, 1 anything
// else. What day it is comes from its caller.
package cli
