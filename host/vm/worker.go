package vm

import (
	"context"
	"errors"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// worker is a Lua file that runs in a Runtime of its own, and so on another core. Values reach it by copying.
type worker struct {
	line   // the parent's end
	name   string
	cancel context.CancelCauseFunc
	done   chan struct{}
	joined bool // somebody has waited for its end
	closed bool // it was told to end

	// Set before done is closed.
	results []lua.LValue
	err     error
}

// line is one end of the connection between a state and its worker.
type line struct {
	send   chan<- lua.LValue
	recv   <-chan lua.LValue
	hung   chan struct{}   // closed when this end sends no more
	gone   <-chan struct{} // closed when the other end receives no more
	silent <-chan struct{} // closed when the other end sends no more
}

// lineLength is how many values may be under way in each direction.
const lineLength = 64

// errWorkerSimulated: what a worker and its state do to each other would be another in each run.
var errWorkerSimulated = decl.Refuse(decl.Unsupported, errors.New("task.worker: a worker runs at the pace of a core of its own, "+
	"which simulated time can't follow (use task.spawn, or drop --virtual-time)"))

var errCancelled = errors.New("cancelled")

// startWorker runs a chunk in a new Runtime.
func (rt *Runtime) startWorker(h *thread, file, source string, args []lua.LValue) (*worker, error) {
	if rt.sim != nil {
		return nil, errWorkerSimulated
	}
	task, opt := h.task, rt.opt
	opt.Script.Name, opt.OnFailure = file, nil
	other, err := New(opt)
	if err != nil {
		return nil, err
	}
	down, up := make(chan lua.LValue, lineLength), make(chan lua.LValue, lineLength)
	w := &worker{name: file, done: make(chan struct{})}
	w.line = line{send: down, recv: up, hung: make(chan struct{}), gone: w.done, silent: w.done}
	port := &line{send: up, recv: down, silent: w.hung}
	ctx, cancel := context.WithCancelCause(h.values())
	w.cancel = cancel
	rt.workers.Add(1)
	go func() {
		defer rt.workers.Done()
		w.results, w.err = other.runChunk(ctx, file, source, func(L *lua.LState) []lua.LValue {
			return append([]lua.LValue{decl.NewUserData(L, port)}, args...)
		})
		close(w.done)
		rt.workerEnded(task, w)
	}()
	return w, nil
}

// workerEnded makes a worker's error its task's scope's when nobody waits for it.
func (rt *Runtime) workerEnded(t *Task, w *worker) {
	rt.enter(nil)
	defer rt.leave()
	rt.handles.drop(w)
	var raised *Error
	if errors.As(w.err, &raised) && !w.joined && !w.closed {
		t.scope.fail(raised)
	}
}

// Close tells the worker to end.
func (w *worker) Close() error {
	w.closed = true
	w.cancel(errCancelled)
	return nil
}

func (w *worker) String() string { return "worker " + w.name }

// put sends v; false when nobody receives any more.
func (l *line) put(ctx context.Context, v lua.LValue) bool {
	select {
	case <-l.gone:
		return false
	default:
	}
	select {
	case l.send <- v:
		return true
	case <-l.gone:
	case <-ctx.Done():
	}
	return false
}

// take receives; nil when nothing will come any more, or ctx has ended.
func (l *line) take(ctx context.Context) lua.LValue {
	select {
	case v := <-l.recv:
		return v
	case <-ctx.Done():
		return nil
	case <-l.silent:
	}
	select {
	case v := <-l.recv: // it was on its way
		return v
	default:
		return nil
	}
}
