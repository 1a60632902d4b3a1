// Package planfile reads and writes the plans of a case file: what stands under
// `plans`, which intake/casefile keeps as it was written.
//
// In: nodes. Out: plan.Plan values whose every word was checked, or every problem
// with its line and column; nothing is half read. Written back, a plan says the
// same. The keys are the tags of the model, so that the reader, the writer and
// the schema cannot differ. A paper may hold mistakes, such as a line that ends
// before it begins: those are read as they are, and derive/plan/review finds them.
package planfile
