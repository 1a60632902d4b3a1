package reading

// Ends reports whether signs such as "." or "?”" end a sentence of English or Spanish, by
// what stands before them and after them. Short forms such as "Dr." and "Cal. Educ." end
// none.
func Ends(before, signs, after string) bool { return ends(before, signs, after) }
