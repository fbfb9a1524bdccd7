package tape

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"moonwire/host/decl"
	"moonwire/host/record"
)

// A rest is what a record still has when a changed script has left it: answers by what was asked, and what came in on each
// socket, in its order. So the script can go on with a world that says what it said then, each answer after the time that
// it took.
type rest struct {
	answers map[string][]*reply
	coming  map[int][]*reply // what was received on a socket or file of the record
	made    []*making        // objects that were made
	alias   map[int]int      // the run's numbers of objects, and the record's
	later   map[int]int64    // read deadlines of the run's objects, in nanoseconds from the start
	open    map[int]*reply   // waits of the record that are under way while it is read
}

// reply is an answer of the record.
type reply struct {
	answer json.RawMessage
	err    *record.Failure
	took   time.Duration
	asked  time.Duration
	came   bool
}

// making is an object of the record that the run has not made yet.
type making struct {
	question *record.Event
	reply    *reply
}

func newRest() *rest {
	return &rest{answers: map[string][]*reply{}, coming: map[int][]*reply{}, alias: map[int]int{}, later: map[int]int64{}, open: map[int]*reply{}}
}

// add notes an event of the record.
func (r *rest) add(e *record.Event) {
	switch e.Is {
	case record.Ask, record.Wait:
		a := &reply{answer: e.Answer, err: e.Error, asked: time.Duration(e.At), came: e.Is == record.Ask}
		if e.Is == record.Wait {
			r.open[e.ID] = a
		}
		r.file(e, a)
	case record.Done:
		if a := r.open[e.ID]; a != nil {
			a.answer, a.err, a.took = e.Answer, e.Error, time.Duration(e.At)-a.asked
			a.came = true
			delete(r.open, e.ID)
		}
	}
}

// file puts an answer where a question will look for it.
func (r *rest) file(e *record.Event, a *reply) {
	switch {
	case e.New != 0:
		r.made = append(r.made, &making{e, a})
	case receives(e.Call):
		r.coming[e.On] = append(r.coming[e.On], a)
	default:
		key := keyOf(e.On, e)
		r.answers[key] = append(r.answers[key], a)
	}
}

// know takes the last answers to what was asked before, for what isn't asked again in the rest of the record.
func (r *rest) know(before *rest) {
	for key, list := range before.answers {
		if r.answers[key] == nil {
			r.answers[key] = list[len(list)-1:]
		}
	}
}

// receives says whether a call takes what came in.
func receives(call string) bool {
	switch call {
	case "read", "tryread", "readmsg", "readfrom", "take", "readframes", "stdin", "file.read":
		return true
	}
	return false
}

func keyOf(on int, e *record.Event) string { return fmt.Sprint(on, " ", e.Call, " ", string(e.Args)) }

// silent says whether nothing came: a time-out, an interruption, or an answer that never came.
func (a *reply) silent() bool {
	return !a.came || a.err != nil && a.err.Kind == decl.Timeout
}

var (
	errLate   = record.FailureOf(os.ErrDeadlineExceeded)
	errClosed = record.FailureOf(net.ErrClosed)
	errEnd    = record.FailureOf(io.EOF)
)

// unknown is the answer to what the record knows nothing of.
func unknown(q *record.Event) *record.Failure {
	kind := decl.Unreachable
	if strings.HasPrefix(q.Call, "file.") {
		kind = decl.NotFound
	}
	return record.FailureOf(decl.Refuse(kind, fmt.Errorf("replay: the record has no answer to %s %s", q.Call, strings.Trim(string(q.Args), "[]"))))
}

// never is the time of an answer that doesn't come.
const never = time.Duration(-1)

// answer fills q's answer, and says after which time it comes; never: something else has to end the wait.
func (r *rest) answer(q *record.Event, now time.Duration) time.Duration {
	on := r.recorded(q.On)
	switch {
	case q.New != 0:
		return r.make(q, on)
	case receives(q.Call):
		return r.receive(q, on, now)
	case len(q.Sent) > 0:
		q.Answer = encode(taken(q))
		return 0
	case q.Call == "setreaddeadline", q.Call == "setdeadline":
		r.setDeadline(q)
		return 0
	case q.Call == "ready":
		return r.ready(q, on, now)
	}
	return r.repeat(q, on)
}

// recorded is the record's number of an object of the run.
func (r *rest) recorded(n int) int {
	if of, ok := r.alias[n]; ok {
		return of
	}
	return n
}

// taken is how much of what is sent was taken: all of it.
func taken(q *record.Event) int {
	if q.Call == "writeframes" {
		return len(q.Sent)
	}
	return len(q.Sent[0])
}

// make finds the object of the record that q makes again.
func (r *rest) make(q *record.Event, on int) time.Duration {
	r.alias[q.New] = -q.New
	i := slices.IndexFunc(r.made, func(m *making) bool {
		return m.question.Call == q.Call && m.question.On == on && string(m.question.Args) == string(q.Args)
	})
	if i < 0 {
		if q.Call != "stream" && q.Call != "packet" && q.Call != "group" {
			q.Error = unknown(q)
		}
		return 0
	}
	m := r.made[i]
	r.made = slices.Delete(r.made, i, i+1)
	r.alias[q.New] = m.question.New
	q.Answer, q.Error = m.reply.answer, m.reply.err
	return m.reply.took
}

// receive gives the next that came in on an object.
func (r *rest) receive(q *record.Event, on int, now time.Duration) time.Duration {
	list := r.coming[on]
	for len(list) > 0 && list[0].silent() {
		list = list[1:]
	}
	r.coming[on] = list
	if len(list) == 0 {
		return r.nothing(q, now)
	}
	a := list[0]
	ends := a.err != nil
	if !ends {
		r.coming[on] = list[1:] // an end stays one
	}
	q.Answer, q.Error = a.answer, a.err
	r.cut(q, on)
	return a.took
}

// cut leaves what q has no room for to the next one.
func (r *rest) cut(q *record.Event, on int) {
	var room []int
	var b record.Bytes
	if json.Unmarshal(q.Args, &room) != nil || len(room) != 1 || json.Unmarshal(q.Answer, &b) != nil || len(b) <= room[0] {
		return
	}
	q.Answer = encode(b[:room[0]])
	left := &reply{answer: encode(b[room[0]:]), came: true}
	r.coming[on] = append([]*reply{left}, r.coming[on]...)
}

// nothing is the answer where nothing comes any more.
func (r *rest) nothing(q *record.Event, now time.Duration) time.Duration {
	if q.Call == "stdin" || q.Call == "file.read" {
		q.Error = errEnd
		return 0
	}
	q.Error = errLate
	if q.Is == record.Ask {
		return 0
	}
	if at, ok := r.later[q.On]; ok {
		return max(0, time.Duration(at)-now)
	}
	return never
}

func (r *rest) setDeadline(q *record.Event) {
	var at []*int64
	if json.Unmarshal(q.Args, &at) != nil || len(at) != 1 || at[0] == nil {
		delete(r.later, q.On)
		return
	}
	r.later[q.On] = *at[0]
}

// ready waits for what came in.
func (r *rest) ready(q *record.Event, on int, now time.Duration) time.Duration {
	var ev []int
	_ = json.Unmarshal(q.Args, &ev)
	const readable = 1
	if len(ev) == 1 && ev[0]&readable == 0 {
		return 0
	}
	for _, a := range r.coming[on] {
		if !a.silent() {
			return a.took
		}
	}
	return r.nothing(q, now)
}

// repeat gives what was answered to the same question: the next answer, and the last one again and again.
func (r *rest) repeat(q *record.Event, on int) time.Duration {
	key := keyOf(on, q)
	list := r.answers[key]
	if len(list) == 0 {
		if q.On == 0 && q.Call != "getenv" && q.Call != "close" {
			q.Error = unknown(q)
		}
		return 0
	}
	if len(list) > 1 {
		r.answers[key] = list[1:]
	}
	q.Answer, q.Error = list[0].answer, list[0].err
	return list[0].took
}
