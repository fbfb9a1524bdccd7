package vm

// TaskInfo says what a task is and does.
type TaskInfo struct {
	Name   string
	Status string // running or waiting
	Made   string // file and line that spawned it
	Doing  string // where it waits, as "in receive at FILE:LINE"; "" when not known
	Daemon bool
}

// Tasks lists the tasks of the script that run, the oldest first.
func (rt *Runtime) Tasks() []TaskInfo {
	rt.enter(nil)
	defer rt.leave()
	s := rt.root
	s.mu.Lock()
	tasks := s.byAge()
	s.mu.Unlock()
	list := make([]TaskInfo, len(tasks))
	for i, t := range tasks {
		list[i] = TaskInfo{Name: t.name, Status: t.Status(), Made: t.site.String(), Daemon: t.daemon}
	}
	return list
}

// Note keeps the source of a chunk that Do runs, for the lines that errors show. It is called within that task.
func (rt *Runtime) Note(name, source string) { rt.sources[name] = source }
