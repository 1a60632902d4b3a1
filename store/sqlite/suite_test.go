package sqlite

import (
	"context"
	"testing"
	"time"

	"stayput/desk"
	"stayput/store/storetest"
)

// The promises that every store keeps.
func TestStore(t *testing.T) {
	storetest.Run(t, func(t testing.TB, place string, now func() time.Time) desk.Store {
		s, err := Open(context.Background(), Options{Folder: place, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
