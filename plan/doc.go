// Package plan is the model of an IEP or a 504 plan: one version of it, with
// its goals, services, supports, placement and the answers given to it, and the
// words these are said in.
//
// In: values somebody read from a paper. Out: the same, with what can be worked
// out from a plan alone: how much a service line promises, what an amended plan
// says as a whole, the names of its parts. It judges nothing and reads no file:
// a plan copied from paper may hold mistakes, and they must be kept as they are.
package plan
