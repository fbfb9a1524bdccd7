package decl

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"weak"

	lua "github.com/yuin/gopher-lua"
)

// addresses numbers objects in the order in which Lua sees their addresses, in place of where they lie: so a run that can
// be repeated prints the same. It keeps no object alive.
type addresses struct {
	mu    sync.Mutex
	given map[any]uint64 // by weak pointer
	last  uint64
}

type addressesKey struct{}

// WithAddresses makes the addresses that tostring shows the same in each run of the same script.
func WithAddresses(ctx context.Context) context.Context {
	return context.WithValue(ctx, addressesKey{}, &addresses{given: map[any]uint64{}})
}

// WithAddressesOf makes ctx show the addresses that from does.
func WithAddressesOf(ctx, from context.Context) context.Context {
	if a, ok := from.Value(addressesKey{}).(*addresses); ok {
		return context.WithValue(ctx, addressesKey{}, a)
	}
	return ctx
}

// Address is p's address as tostring shows it.
func Address[T any](L *lua.LState, p *T) string {
	if ctx := L.Context(); ctx != nil {
		if a, ok := ctx.Value(addressesKey{}).(*addresses); ok {
			n, fresh := a.number(weak.Make(p))
			if fresh {
				runtime.AddCleanup(p, a.forget, any(weak.Make(p)))
			}
			return fmt.Sprintf("0x%010x", firstAddress+n*addressStep)
		}
	}
	return fmt.Sprintf("%p", p)
}

// Addresses that look like some.
const firstAddress, addressStep = 0xc000000000, 0x40

func (a *addresses) number(key any) (n uint64, fresh bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	n, known := a.given[key]
	if !known {
		a.last++
		n = a.last
		a.given[key] = n
	}
	return n, !known
}

func (a *addresses) forget(key any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.given, key)
}
