package planfile

import (
	"reflect"
	"sync"
)

// Keys are the keys of a struct of the model, in the order of its fields.
func Keys(t reflect.Type) []string {
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i] = t.Field(i).Tag.Get("key")
	}
	return keys
}

var known sync.Map // reflect.Type -> map[string]int

// places says which field each key of a struct fills.
func places(t reflect.Type) map[string]int {
	if m, ok := known.Load(t); ok {
		return m.(map[string]int)
	}
	m := make(map[string]int, t.NumField())
	for i, key := range Keys(t) {
		m[key] = i
	}
	known.Store(t, m)
	return m
}

// wordsOf are the words of a type with a closed list, or nil.
func wordsOf(t reflect.Type) []string {
	if w, ok := reflect.Zero(t).Interface().(interface{ Words() []string }); ok {
		return w.Words()
	}
	return nil
}
