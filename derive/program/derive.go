package program

// Derive works out a program.
func Derive(in Input) *Result {
	return &Result{AsOf: in.AsOf}
}
