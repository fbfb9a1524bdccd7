package manager

import (
	"context"
	"errors"
	"fmt"
	"io"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// WalkOptions say how to walk.
type WalkOptions struct {
	Next           bool // by getnext, one variable at a time: version 1 knows nothing else
	MaxRepetitions int  // of this walk; 0: the session's
	Below          bool // the root is no variable itself, so that it needs no asking for

	full int // length of answers to aim at; 0: FullAnswer
}

// A Walker goes through a subtree, an answer at a time. While its caller looks at one answer the agent works at the next.
type Walker struct {
	s       *Session
	root    oid.OID
	o       WalkOptions
	bulk    bool
	size    sizer
	at      oid.OID  // last name that came
	count   int      // variables so far
	pending *request // that asks for what follows
	ended   bool
}

// Walker begins a walk. Nothing is sent before the first Next.
func (s *Session) Walker(root oid.OID, o WalkOptions) *Walker {
	w := &Walker{s: s, root: root, o: o, at: root, bulk: !o.Next && s.o.Version != message.V1}
	w.size.full = o.full
	w.size.fix(o.MaxRepetitions)
	if o.MaxRepetitions == 0 {
		w.size.fix(s.o.MaxRepetitions)
	}
	return w
}

// Next gives the variables of one answer, in order. It fails with io.EOF at the end of the subtree; any other error ends the
// walk before that.
func (w *Walker) Next(ctx context.Context) ([]message.Var, error) {
	for !w.ended {
		vars, err := w.answer(ctx)
		if err != nil {
			w.ended = true
			return nil, w.explain(err)
		}
		if vars, err = w.cut(vars); err != nil {
			w.ended = true
			return nil, err
		}
		if w.ended && w.count == 0 && len(vars) == 0 && !w.o.Below {
			return w.itself(ctx)
		}
		ahead := w.count > 0 // a walk that is given up after its first answer asks for no second
		w.count += len(vars)
		if !w.ended && ahead {
			if w.pending, err = w.ask(ctx); err != nil {
				w.ended = true
				return vars, nil // told by the next call
			}
		}
		if len(vars) > 0 {
			return vars, nil
		}
	}
	return nil, io.EOF
}

// answer waits for what follows the last name; a longer answer than fits is asked for again, shorter.
func (w *Walker) answer(ctx context.Context) ([]message.Var, error) {
	for {
		r := w.pending
		w.pending = nil
		if r == nil {
			var err error
			if r, err = w.ask(ctx); err != nil {
				return nil, err
			}
		}
		answer, err := r.end(ctx)
		switch {
		case w.bulk && (tooBig(err) || err == nil && len(answer.Vars) == 0):
			if !w.size.halve() {
				if err == nil {
					err = w.s.malformed("a getbulk is answered with no variables")
				}
				return nil, err
			}
		case err != nil && !w.bulk && w.s.o.Version == message.V1 && status(err) == message.NoSuchName:
			w.ended = true // RFC 1157 section 4.1.3: nothing follows
			return nil, nil
		case err != nil:
			return nil, err
		case len(answer.Vars) == 0:
			return nil, w.s.malformed("a getnext is answered with no variables")
		default:
			w.size.learn(len(answer.Vars), r.length)
			return answer.Vars, nil
		}
	}
}

// ask sends the question for what follows the last name.
func (w *Walker) ask(ctx context.Context) (*request, error) {
	pdu := &message.PDU{Type: message.GetNext, Vars: message.Ask(w.at)}
	if w.bulk {
		pdu = message.NewBulk(0, int32(w.size.repetitions()), pdu.Vars...)
	}
	return w.s.begin(ctx, pdu)
}

// cut takes what belongs to the subtree, and sees whether that is all. Names that don't increase would go on for ever.
func (w *Walker) cut(vars []message.Var) ([]message.Var, error) {
	for i, v := range vars {
		if v.Value.Type == message.TypeEndOfMibView || !v.Name.HasPrefix(w.root) {
			w.ended = true
			return vars[:i], nil
		}
		if oid.Compare(v.Name, w.at) <= 0 {
			return nil, &ContentError{fmt.Sprintf("%s: the agent goes in circles: %s follows %s%s", w.s, w.s.o.Name(v.Name), w.s.o.Name(w.at), w.so(i)),
				"loop"}
		}
		w.at = v.Name
	}
	return vars, nil
}

// so tells how far the walk came, with some variables of the last answer.
func (w *Walker) so(more int) string {
	switch n := w.count + more; n {
	case 0:
		return ""
	case 1:
		return " (after 1 variable)"
	default:
		return fmt.Sprintf(" (after %d variables)", n)
	}
}

// itself asks for the root, below which nothing is: it may be a variable.
func (w *Walker) itself(ctx context.Context) ([]message.Var, error) {
	vars, err := w.s.Get(ctx, w.root)
	switch {
	case err != nil && w.s.o.Version == message.V1 && status(err) == message.NoSuchName:
		return nil, io.EOF
	case err != nil:
		return nil, w.explain(err)
	case vars[0].Value.Type.Exception():
		return nil, io.EOF
	}
	w.count++
	return vars, nil
}

// explain tells in an error how far the walk came.
func (w *Walker) explain(err error) error {
	if w.count == 0 || errors.Is(err, context.Canceled) {
		return err
	}
	return &walkError{w.so(0) + " at " + w.s.o.Name(w.at), err}
}

// A walkError is an error in the middle of a walk.
type walkError struct {
	where string
	err   error
}

func (e *walkError) Error() string { return e.err.Error() + e.where }

// Unwrap is what went wrong.
func (e *walkError) Unwrap() error { return e.err }

// status is the error status in err; NoError when there is none.
func status(err error) message.ErrorStatus {
	var e *StatusError
	if errors.As(err, &e) {
		return e.Status
	}
	return message.NoError
}

func tooBig(err error) bool { return status(err) == message.TooBig }

// Walk calls yield for every variable of a subtree, in order, until it returns false. It returns nil at the end of the
// subtree; any other end is an error.
func (s *Session) Walk(ctx context.Context, root oid.OID, o WalkOptions, yield func(message.Var) bool) error {
	w := s.Walker(root, o)
	for {
		vars, err := w.Next(ctx)
		if err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
		for _, v := range vars {
			if !yield(v) {
				return nil
			}
		}
	}
}
