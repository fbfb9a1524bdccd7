package machine

import (
	"reflect"
	"testing"
)

// TestLayout holds the mirrored types against gopher-lua's, and shows that a difference is found.
func TestLayout(t *testing.T) {
	if err := layout(); err != nil {
		t.Fatal(err)
	}
	//lint:ignore U1000 only its layout counts
	type real struct {
		a int
		b string
	}
	//lint:ignore U1000 only its layout counts
	type renamed struct {
		a int
		c string
	}
	//lint:ignore U1000 only its layout counts
	type resized struct {
		a int
		b []byte
	}
	//lint:ignore U1000 only its layout counts
	type longer struct {
		a int
		b string
		d int
	}
	for _, other := range []reflect.Type{reflect.TypeFor[renamed](), reflect.TypeFor[resized](), reflect.TypeFor[longer]()} {
		if same(reflect.TypeFor[real](), other) == nil {
			t.Errorf("%v passes for %v", other, reflect.TypeFor[real]())
		}
	}
}
