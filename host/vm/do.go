package vm

import (
	"cmp"
	"context"
	"maps"
	"slices"

	lua "github.com/yuin/gopher-lua"
)

// Do runs f as a task while the others go on. When ctx ends, that task is stopped and no other. What it leaves open
// stays open. Its state must not be kept.
func (rt *Runtime) Do(ctx context.Context, name string, f lua.LGFunction) error {
	rt.enter(nil)
	s := newScope(rt.ctx)
	t := rt.spawn(nil, rt.base.NewFunction(f), nil, taskOptions{name: name, depth: mainDepth, scope: s})
	t.inner = rt.root
	rt.leave()
	defer context.AfterFunc(ctx, func() { s.stop(&stop{kind: stopInterrupt, text: "interrupted"}) })()
	s.await(s.empty)
	rt.enter(nil)
	defer rt.leave()
	return s.result()
}

// Note keeps the source of a chunk, for the lines that errors show. It is called within a task.
func (rt *Runtime) Note(name, source string) { rt.sources[name] = source }

// TaskInfo says what a task is and does.
type TaskInfo struct {
	Name   string
	Status string // running or waiting
	Made   string // file and line that spawned it
	Daemon bool
}

// Tasks lists the tasks that run, the oldest first.
func (rt *Runtime) Tasks() []TaskInfo {
	rt.enter(nil)
	defer rt.leave()
	s := rt.root
	s.mu.Lock()
	tasks := slices.Collect(maps.Keys(s.tasks))
	s.mu.Unlock()
	slices.SortFunc(tasks, func(a, b *Task) int { return cmp.Compare(a.id, b.id) })
	list := make([]TaskInfo, len(tasks))
	for i, t := range tasks {
		list[i] = TaskInfo{Name: t.name, Status: t.Status(), Made: t.site.String(), Daemon: t.daemon}
	}
	return list
}
