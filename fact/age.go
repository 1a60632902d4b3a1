package fact

// age: birthdays that the law counts from; all follow from the date of birth.
var age = []Info{
	{Name: "child_turns_3", Derived: true},   // third birthday
	{Name: "child_turns_14", Derived: true},  // fourteenth birthday
	{Name: "child_turns_16", Derived: true},  // sixteenth birthday
	{Name: "child_turns_18", Derived: true},  // eighteenth birthday
	{Name: "child_turns_21", Derived: true},  // twenty-first birthday
	{Name: "child_turns_22", Derived: true},  // twenty-second birthday
	{Name: "age_of_majority", Derived: true}, // the birthday of majority under state law
}
