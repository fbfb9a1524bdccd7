package watch

import "time"

// A talk is a client's question that servers answer: messages of one transaction.
type talk struct {
	last    time.Time
	open    bool            // nothing was granted since the question
	how     string          // the state that the client asked in; "" when it wasn't heard
	asked   []binding       // what for
	refused map[string]bool // by servers, since the question
}

// Questions that nobody answered within patience are forgotten when there are more than mostTalks.
const (
	mostTalks = 1 << 13
	patience  = time.Minute
)

// talkOf finds or makes the transaction of a message.
func (w *Watcher) talkOf(n *notice) *talk {
	t := w.talks[n.talk]
	if t == nil || n.Time.Sub(t.last) > patience {
		if len(w.talks) >= mostTalks {
			w.forgetTalks(n.Time)
		}
		t = &talk{open: true}
		w.talks[n.talk] = t
	}
	t.last = n.Time
	return t
}

func (w *Watcher) forgetTalks(now time.Time) {
	for key, t := range w.talks {
		if now.Sub(t.last) > patience {
			delete(w.talks, key)
		}
	}
	if len(w.talks) >= mostTalks {
		clear(w.talks)
	}
}

// ask notes what a client wants.
func (t *talk) ask(n *notice, how string) { t.open, t.how, t.asked, t.refused = true, how, n.has, nil }
