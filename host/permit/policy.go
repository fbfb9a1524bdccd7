package permit

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"moonwire/host/network"
)

// A Policy is what a run may do. A nil Policy allows everything. Its grants are set before its methods are called.
type Policy struct {
	All   bool   // everything that Deny doesn't hold
	Allow Grants // else these; they also say, in every case, where load may be sent
	Deny  Grants // wins

	// OnRefusal is told of each refusal, by several goroutines at once; nil: nobody is.
	OnRefusal func(*Refusal)

	prepare  sync.Once
	learned  learned
	outcasts outcasts
	programs programs
	pace     *pace // nil: as fast as it goes
	refused  atomic.Uint64
}

// Fresh is a policy with p's grants for another run: it knows no names and has sent nothing.
func (p *Policy) Fresh() *Policy {
	if p == nil {
		return nil
	}
	return &Policy{All: p.All, Allow: p.Allow, Deny: p.Deny, OnRefusal: p.OnRefusal}
}

// Free says whether p bounds nothing.
func (p *Policy) Free() bool { return p == nil || p.All && len(p.Deny) == 0 }

// Restricted says whether p allows what was granted only, so that Lua's own ways out are to be closed, too.
func (p *Policy) Restricted() bool { return p != nil && !p.All }

// Refused is how often something was not allowed; of frames, how many.
func (p *Policy) Refused() uint64 {
	if p == nil {
		return 0
	}
	return p.refused.Load()
}

// told counts a refusal, and tells of it.
func (p *Policy) told(e *Refusal) error {
	p.refused.Add(1)
	if p.OnRefusal != nil {
		p.OnRefusal(e)
	}
	return e
}

// refuse completes a refusal.
func (p *Policy) refuse(e *Refusal, kinds ...Kind) error {
	for _, k := range kinds {
		for _, g := range p.Allow.of(k) {
			if !slices.Contains(e.Declared, g) {
				e.Declared = append(e.Declared, g)
			}
		}
		if e.Kinds != "" {
			e.Kinds += " or "
		}
		e.Kinds += string(k)
	}
	return p.told(e)
}

// forbidden is the refusal of what a grant among Deny holds; nil when none does.
func (p *Policy) forbidden(tried string, holds func(Grant) bool) error {
	for _, g := range p.Deny {
		if holds(g) {
			return p.told(&Refusal{Tried: tried, Denied: g, Why: p.whyDenied(g)})
		}
	}
	return nil
}

// simple decides about one thing: the grant that would allow it, which no grant that forbids may touch.
func (p *Policy) simple(tried string, want Grant) error {
	if err := p.forbidden(tried, func(g Grant) bool { return g.Covers(want) || want.Covers(g) }); err != nil {
		return err
	}
	if p.All || p.Allow.Covers(want) {
		return nil
	}
	return p.refuse(&Refusal{Tried: tried, Would: Grants{want}}, want.Kind)
}

type key struct{}

// With makes p the policy of ctx.
func With(ctx context.Context, p *Policy) context.Context { return context.WithValue(ctx, key{}, p) }

// From is the policy of a task; nil where none was set.
func From(ctx context.Context) *Policy {
	p, _ := ctx.Value(key{}).(*Policy)
	return p
}

// Outside is this machine's network as ctx's task may use it, whatever lab the task runs in.
func Outside(ctx context.Context) network.Network { return From(ctx).Network(network.Kernel()) }

// Allows says whether part was declared or allowed for ctx's task: that everything is allowed isn't enough, since load is
// sent nowhere by accident.
func Allows(ctx context.Context, part Net) bool {
	p := From(ctx)
	return p != nil && p.Allow.Covers(Grant{Kind: ToNet, To: part}) && !p.Deny.touches(part)
}

// touches says whether some grant for a network has something in common with part.
func (gs Grants) touches(part Net) bool {
	for _, g := range gs {
		if g.Kind == ToNet && g.To.overlaps(part) {
			return true
		}
	}
	return false
}

// overlaps says whether n and part have something in common.
func (n Net) overlaps(part Net) bool {
	addrs := n.holds(part) || part.holds(n)
	ports := n.Port == 0 || part.Port == 0 || n.Port == part.Port
	return addrs && ports && (n.Protocol == "" || part.Protocol == "" || n.Protocol == part.Protocol)
}
