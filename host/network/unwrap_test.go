package network

import (
	"context"
	"testing"
)

type around struct{ Network }

func (a around) Unwrap() Network { return a.Network }

type aroundSocket struct{ Socket }

func (a aroundSocket) Unwrap() Socket { return a.Socket }

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

// Select waits on a kernel's socket that is wrapped as on a bare one, by its descriptor.
func TestSelectWrapped(t *testing.T) {
	a, err := Kernel().ListenPacket(soon(t), "udp", "127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.WriteTo([]byte("x"), a.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	ws := []Wait{{Socket: aroundSocket{a}, Event: Readable}}
	if done, err := selectKernel(soon(t), ws); !done || err != nil || ws[0].Ready != Readable {
		t.Error(done, err, ws)
	}
}

func TestWrapping(t *testing.T) {
	ctx := With(Wrapping(context.Background(), func(n Network) Network { return around{n} }), Kernel())
	if n, ok := From(ctx).(around); !ok || n.Network != Kernel() {
		t.Errorf("%T", From(ctx))
	}
}
