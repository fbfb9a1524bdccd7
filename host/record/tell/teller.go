package tell

import (
	"fmt"
	"strings"
	"time"

	"moonwire/host/record"
)

// A Teller tells events, which it is given in their order: it learns what the numbers of sockets and files stand for.
type Teller struct {
	names   map[int]string
	asked   map[int]*record.Event // waits whose answers are still to come
	printed int                   // whole lines on the standard output
}

// NewTeller makes a Teller at the beginning of a record.
func NewTeller() *Teller {
	return &Teller{names: map[int]string{}, asked: map[int]*record.Event{}}
}

// Tell gives an event as lines of text without their last end; "" when there is nothing to tell.
func (t *Teller) Tell(e *record.Event) string {
	text := t.text(e)
	t.learn(e)
	return text
}

// learn notes what later events refer to.
func (t *Teller) learn(e *record.Event) {
	switch e.Is {
	case record.Ask, record.Wait:
		if e.New != 0 {
			t.names[e.New] = t.nameOf(e)
		}
		if e.Is == record.Wait {
			t.asked[e.ID] = e
		}
		if e.Call == "print" && len(e.Sent) > 0 {
			t.printed += strings.Count(string(e.Sent[0]), "\n")
		}
	case record.Done:
		delete(t.asked, e.ID)
	}
}

// text is what there is to say of an event.
func (t *Teller) text(e *record.Event) string {
	if e.Call == "fd" {
		return ""
	}
	switch e.Is {
	case record.Ask:
		return t.head(e) + t.Call(e) + outcome(e.Call, e)
	case record.Wait:
		return t.head(e) + t.Call(e) + " ..."
	case record.Done:
		q := t.asked[e.ID]
		if q == nil {
			return ""
		}
		took := time.Duration(e.At - q.At)
		return t.at(e) + who(q) + t.subject(q) + q.Call + " took " + took.Round(time.Microsecond).String() + outcome(q.Call, e)
	case record.Tell:
		return t.at(e) + "outside: " + t.names[e.On] + " " + short(string(e.Answer))
	case record.Note:
		if len(e.Sent) > 0 {
			return t.at(e) + "stderr: " + quoted(e.Sent[0])
		}
	case record.Idle:
		return t.at(e) + "nothing is left to happen"
	case record.Stop:
		return t.at(e) + "the run was ended: " + short(string(e.Answer))
	}
	return ""
}

func (t *Teller) head(e *record.Event) string { return t.at(e) + who(e) }

func (t *Teller) at(e *record.Event) string {
	return fmt.Sprintf("%11.6f  ", time.Duration(e.At).Seconds())
}

// who is the task and its line.
func who(e *record.Event) string {
	switch {
	case e.Task == "":
		return ""
	case e.Line == "":
		return e.Task + ": "
	}
	return e.Task + " at " + e.Line + ": "
}

// Call tells what was called, with which arguments and data.
func (t *Teller) Call(e *record.Event) string {
	if e.Call == "print" && len(e.Sent) > 0 {
		return "print " + quoted(e.Sent[0])
	}
	text := t.subject(e) + e.Call + arguments(e)
	if len(e.Sent) == 1 && e.Call != "writeframes" {
		return fmt.Sprintf("%s > %s (%s)", text, quoted(e.Sent[0]), count(len(e.Sent[0]), "byte"))
	}
	for _, b := range e.Sent {
		text += "\n" + indent + "> " + frameLine(b)
	}
	return text
}

// indent is where the lines below an event begin.
const indent = "             "

// subject is what the call is made on.
func (t *Teller) subject(e *record.Event) string {
	if e.On == 0 {
		return ""
	}
	if name := t.names[e.On]; name != "" {
		return name + " "
	}
	return fmt.Sprintf("%d ", e.On)
}

// nameOf is what the object that a call makes is called.
func (t *Teller) nameOf(e *record.Event) string {
	first := firstArgument(e)
	switch e.Call {
	case "stream", "packet", "listenpacket", "dial":
		return fmt.Sprintf("%s#%d", first, e.New)
	case "listen":
		if e.On == 0 {
			return fmt.Sprintf("%s#%d", first, e.New)
		}
		return fmt.Sprintf("%s#%d", t.family(e.On), e.New)
	case "connect", "accept":
		return fmt.Sprintf("%s#%d", t.family(e.On), e.New)
	case "openlink":
		return first
	case "file.open", "file.temp":
		return "file " + first
	case "popen":
		return "process " + first
	}
	return fmt.Sprintf("%s#%d", e.Call, e.New)
}

// family is what an object's name begins with.
func (t *Teller) family(object int) string {
	family, _, _ := strings.Cut(t.names[object], "#")
	return family
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
