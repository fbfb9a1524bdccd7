package host

import (
	"errors"
	"strings"
	"sync/atomic"

	"moonwire/host/permit"
	"moonwire/host/vm"
)

// lastRefusal is what a run was refused last.
type lastRefusal struct{ atomic.Pointer[permit.Refusal] }

// noted is may, which keeps its refusals in r, too.
func (r *lastRefusal) noted(may *permit.Policy) *permit.Policy {
	if may == nil {
		return nil
	}
	tell := may.OnRefusal
	may.OnRefusal = func(e *permit.Refusal) {
		r.Store(e)
		if tell != nil {
			tell(e)
		}
	}
	return may
}

// in adds the refusal to an error that ends with its words: what Lua raises is text.
func (r *lastRefusal) in(err error) error {
	var raised *vm.Error
	last := r.Load()
	if last == nil || !errors.As(err, &raised) || !strings.HasSuffix(raised.Message, last.Error()) {
		return err
	}
	return &refused{err, last}
}

// refused is an error of Lua that a refusal led to.
type refused struct {
	error
	refusal *permit.Refusal
}

func (e *refused) Unwrap() []error { return []error{e.error, e.refusal} }
