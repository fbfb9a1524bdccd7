package vm

import (
	"context"
	"errors"
	"os"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// worker is a Lua file that runs in a Runtime of its own, and so on another core. Values reach it by copying. In simulated
// time its tasks take their turns among the others, on no core of their own.
type worker struct {
	line   // the parent's end
	name   string
	cancel context.CancelFunc
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
	bell   *bell           // of both ends, rung at each change; nil: time is real, and channels tell
}

// lineLength is how many values may be under way in each direction.
const lineLength = 64

var errCancelled = errors.New("cancelled")

// startWorker runs a chunk in a new Runtime.
func (rt *Runtime) startWorker(h *thread, file, source string, args []lua.LValue) (*worker, error) {
	task, opt := h.task, rt.opt
	opt.Script.Name, opt.OnFailure, opt.OnStop, opt.Seed = file, nil, nil, 0
	if rt.seeds {
		opt.Seed = network.Rand(rt.own).Int64()
	}
	other, err := New(opt)
	if err != nil {
		return nil, err
	}
	down, up := make(chan lua.LValue, lineLength), make(chan lua.LValue, lineLength)
	w := &worker{name: file, done: make(chan struct{})}
	w.line = line{send: down, recv: up, hung: make(chan struct{}), gone: w.done, silent: w.done}
	port := &line{send: up, recv: down, silent: w.hung}
	if rt.sim != nil {
		w.bell = &bell{clock: rt.clock}
		port.bell = w.bell
		rt.simulated = append(rt.simulated, w)
	}
	ctx, cancel := network.WithCancel(h.values())
	w.cancel = cancel
	rt.workers.Add(1)
	network.GoBy(rt.clock, func() {
		defer rt.workers.Done()
		w.results, w.err = other.runChunk(ctx, file, source, func(L *lua.LState) []lua.LValue {
			return append([]lua.LValue{decl.NewUserData(L, port)}, args...)
		})
		other.Close()
		close(w.done)
		w.changed()
		rt.workerEnded(task, w)
	})
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
	w.cancel()
	return nil
}

func (w *worker) String() string { return "worker " + w.name }

// changed tells the other end to look.
func (l *line) changed() {
	if l.bell != nil {
		l.bell.ring()
	}
}

// isClosed says whether a channel that brings nothing is closed.
func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// wait waits until a channel that brings nothing is closed, or ctx has ended.
func (l *line) wait(ctx context.Context, c <-chan struct{}) {
	if l.bell != nil {
		l.bell.await(ctx, time.Time{}, func() bool { return isClosed(c) })
		return
	}
	select {
	case <-c:
	case <-ctx.Done():
	}
}

// put sends v; false when nobody receives any more.
func (l *line) put(ctx context.Context, v lua.LValue) bool {
	if isClosed(l.gone) {
		return false
	}
	if l.bell != nil {
		return l.putSimulated(ctx, v)
	}
	select {
	case l.send <- v:
		return true
	case <-l.gone:
	case <-ctx.Done():
	}
	return false
}

func (l *line) putSimulated(ctx context.Context, v lua.LValue) (sent bool) {
	l.bell.await(ctx, time.Time{}, func() bool {
		select {
		case l.send <- v:
			sent = true
			return true
		default:
			return isClosed(l.gone)
		}
	})
	l.changed()
	return sent
}

// take receives within d, if it isn't negative; nil when time was up, nothing will come any more, or ctx has ended.
func (l *line) take(ctx context.Context, d time.Duration) (v lua.LValue, late bool) {
	if l.bell != nil {
		return l.takeSimulated(ctx, d)
	}
	var up <-chan time.Time
	if d >= 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		up = timer.C
	}
	select {
	case v := <-l.recv:
		return v, false
	case <-ctx.Done():
		return nil, false
	case <-up:
		return nil, true
	case <-l.silent:
	}
	select {
	case v := <-l.recv: // it was on its way
		return v, false
	default:
		return nil, false
	}
}

func (l *line) takeSimulated(ctx context.Context, d time.Duration) (v lua.LValue, late bool) {
	var until time.Time
	if d >= 0 {
		until = l.bell.clock.Now().Add(d)
	}
	err := l.bell.await(ctx, until, func() bool {
		select {
		case v = <-l.recv:
			return true
		default:
			return isClosed(l.silent)
		}
	})
	l.changed()
	return v, errors.Is(err, os.ErrDeadlineExceeded)
}
