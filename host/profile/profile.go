// Package profile measures where a script spends its time: for each line how long it ran, how long it waited, and how
// often. It shows that as text beside the source, and in the format of pprof.
package profile

import (
	"sync"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/network"
	"moonwire/host/vm"
	"moonwire/host/vm/lua51/machine"
)

// A Profile is what was measured. Its methods Line and Work are for the hooks of a run (package hook).
type Profile struct {
	clock network.Clock // that waits are measured by
	began time.Time

	mu     sync.Mutex
	states map[*lua.Global]*state
	root   node
	tasks  map[string]*Task
}

// New begins to measure. Waits are measured by clock, which may be simulated; running is measured in real time.
func New(clock network.Clock) *Profile {
	return &Profile{clock: clock, began: time.Now(), states: map[*lua.Global]*state{}, tasks: map[string]*Task{}}
}

// A Cost is what was spent somewhere.
type Cost struct {
	Ran, Waited time.Duration
	Times       int64 // a line: how often it began; tasks: how often one did
}

func (c *Cost) add(o Cost) {
	c.Ran += o.Ran
	c.Waited += o.Waited
	c.Times += o.Times
}

// Task is what all tasks of one name spent.
type Task struct {
	Name string
	Cost
}

// A state is a Lua state, of which one task runs at a time: the script's, or a worker's.
type state struct {
	task  *Task
	at    *node // the line that runs; nil: none does
	level machine.Level
	since time.Time // when what runs now was last charged
	waits map[*lua.LState]pause
}

// A pause is a task's wait.
type pause struct {
	at    *node
	since time.Time // by the profile's clock
}

func (p *Profile) state(L *lua.LState) *state {
	s := p.states[L.G]
	if s == nil {
		s = &state{waits: map[*lua.LState]pause{}}
		p.states[L.G] = s
	}
	return s
}

// charge books the time since the last event to the line that ran.
func (s *state) charge(now time.Time) {
	if s.at == nil {
		return
	}
	ran := now.Sub(s.since)
	s.at.cost.Ran += ran
	if s.task != nil {
		s.task.Ran += ran
	}
}

// Line is a vm.OnLine.
func (p *Profile) Line(at machine.Level, line int, begins bool) {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.state(at.L)
	s.charge(now)
	if s.at != nil && s.level.Same(at) {
		s.at = s.at.parent.kid(s.at.fn, line)
	} else {
		s.at = p.place(at, line)
	}
	s.level = at
	if begins {
		s.at.cost.Times++
	}
	s.since = time.Now() // what measuring takes is nobody's
}

// Work is a vm.OnWork.
func (p *Profile) Work(L *lua.LState, task string, now vm.Work) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.state(L)
	s.charge(time.Now())
	switch now {
	case vm.Runs:
		p.runs(s, L, task)
	case vm.Waits:
		s.waits[L] = pause{s.at, p.clock.Now()}
		s.at = nil
	case vm.Ends:
		s.at = nil
	}
	s.level = machine.Level{}
	s.since = time.Now()
}

// runs is the end of a task's wait, or its beginning.
func (p *Profile) runs(s *state, L *lua.LState, task string) {
	s.task = p.tasks[task]
	if s.task == nil {
		s.task = &Task{Name: task}
		p.tasks[task] = s.task
	}
	w, waited := s.waits[L]
	if !waited {
		s.task.Times++
		s.at = nil
		return
	}
	delete(s.waits, L)
	d := p.clock.Now().Sub(w.since)
	s.task.Waited += d
	if s.at = w.at; s.at != nil {
		s.at.cost.Waited += d
	}
}
