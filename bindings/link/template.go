package link

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/packet"
)

// template is v as a template.
func template(v lua.LValue) (*packet.Template, bool) {
	if ud, ok := v.(*lua.LUserData); ok {
		t, ok := ud.Value.(*packet.Template)
		return t, ok
	}
	return nil, false
}

// sendTemplate sends packets that a template makes: no Lua is in the loop.
func (l *Link) sendTemplate(L *lua.LState, t *packet.Template, o sendOptions, pace rate) (sent int, err error) {
	fit, err := l.fit(L, t)
	if err != nil {
		return 0, err
	}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
		l.outbox.flush(ctx)
		conn, err := l.sender(ctx, o.Method)
		if err == nil {
			sent, err = send(ctx, conn, pace, o.Count, func(int) int { return fit.Size() }, func(_ int, slot []byte) int {
				if fit.Size() > len(slot) {
					return fit.Size()
				}
				return fit.Fill(slot)
			}, func(int, int) {})
		}
		return err
	})
	t.Skip(uint64(sent))
	return sent, err
}

// fit is a template of the link's own, with all that t leaves to the sender filled in: by its first packet.
func (l *Link) fit(L *lua.LState, t *packet.Template) (*packet.Template, error) {
	was := t.Packet()
	p, err := l.framed(was)
	if err != nil {
		return nil, err
	}
	f := filler{link: l, p: p}
	if err := f.all(L); err != nil {
		return nil, err
	}
	sent := p.Copy()
	same := p == was
	for i := range sent.Len() {
		same = sent.Layer(i).Settle() && same
	}
	if same {
		return t.Copy(), nil
	}
	return t.For(sent)
}
