package permit

import "context"

// A Policy is what a run may do. A nil Policy allows everything.
type Policy struct {
	All   bool   // everything that Deny doesn't hold
	Allow Grants // else these; they also say, in every case, where load may be sent
	Deny  Grants // wins
}

// free says whether p bounds nothing.
func (p *Policy) free() bool { return p == nil || p.All && len(p.Deny) == 0 }

// Restricted says whether p allows what was granted only, so that Lua's own ways out are to be closed, too.
func (p *Policy) Restricted() bool { return p != nil && !p.All }

type key struct{}

// With makes p the policy of ctx.
func With(ctx context.Context, p *Policy) context.Context { return context.WithValue(ctx, key{}, p) }

// From is the policy of a task; nil where none was set.
func From(ctx context.Context) *Policy {
	p, _ := ctx.Value(key{}).(*Policy)
	return p
}

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
