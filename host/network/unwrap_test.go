package network

import (
	"context"
	"testing"
)

type around struct{ Network }

func (a around) Unwrap() Network { return a.Network }

type renamed struct{ Network }

func (renamed) SetHostname(string) error { return nil }

func TestAs(t *testing.T) {
	if _, ok := As[Renamer](around{around{renamed{}}}); !ok {
		t.Error("two wrappers hide what is inside")
	}
	if _, ok := As[Renamer](around{Kernel()}); ok {
		t.Error("this machine can't be renamed")
	}
}

func TestWrapping(t *testing.T) {
	ctx := With(Wrapping(context.Background(), func(n Network) Network { return around{n} }), Kernel())
	if n, ok := From(ctx).(around); !ok || n.Network != Kernel() {
		t.Errorf("%T", From(ctx))
	}
}
