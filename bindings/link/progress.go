package link

import (
	"time"

	lua "github.com/yuin/gopher-lua"
)

// A progress is how far an exchange is, as its script hears of it.
type progress struct {
	all    int // packets
	rounds int // at most, as far as known
	round  int // the one under way, from 1
	done   int // what the script was told
	told   time.Time
}

// tellEvery is how often a script hears how far its exchange is.
const tellEvery = 100 * time.Millisecond

// next begins a round.
func (p *progress) next() {
	p.round++
	p.rounds = max(p.rounds, p.round)
}

// tell calls f when there is something new and it is time.
func (p *progress) tell(L *lua.LState, f *lua.LFunction, s *sending) {
	done, now := p.all*p.round-s.total+int(s.sent.Load()), s.clock.Now()
	if f == nil || done == p.done || now.Sub(p.told) < tellEvery {
		return
	}
	p.told = now
	p.call(L, f, done)
}

// finish tells that all is done.
func (p *progress) finish(L *lua.LState, f *lua.LFunction) {
	if f != nil {
		p.call(L, f, p.all*p.rounds)
	}
}

func (p *progress) call(L *lua.LState, f *lua.LFunction, done int) {
	p.done = done
	L.Push(f)
	L.Push(lua.LNumber(done))
	L.Push(lua.LNumber(p.all * p.rounds))
	L.Call(2, 0)
}
