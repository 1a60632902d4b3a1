// Package partnership derives what the school does to stay in touch with a family
// outside of formal meetings: the person whom the family may always ask, informal
// talks planned and held, workshops offered and attended.
//
// In: a record.View and a day. Out: a Result. Nothing here is law; it judges no one.
package partnership
