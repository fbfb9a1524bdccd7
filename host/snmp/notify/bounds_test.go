package notify

import (
	"fmt"
	"testing"
	"time"

	"moonwire/host/snmp/manager"
)

// TestBounds puts more into all that remembers than it keeps.
func TestBounds(t *testing.T) {
	t.Parallel()
	l := deaf(t)
	const many = 3 * keptDatagrams
	for i := range many {
		l.note(Datagram{Datagram: manager.Datagram{Data: fmt.Append(nil, i)}})
		l.keepRefused(&Event{Bytes: fmt.Append(nil, i)})
	}
	l.note(Datagram{Datagram: manager.Datagram{Data: make([]byte, longestKept+1)}})
	list, refused := l.Exchange(), l.Refused()
	for name, ends := range map[string][2][]byte{"journal": {list[0].Data, list[len(list)-1].Data}, "refused": {refused[0].Bytes, refused[len(refused)-1].Bytes}} {
		kept := map[string]int{"journal": keptDatagrams, "refused": keptRefusals}[name]
		if string(ends[0]) != fmt.Sprint(many-kept) || string(ends[1]) != fmt.Sprint(many-1) {
			t.Errorf("%s keeps %s to %s", name, ends[0], ends[1])
		}
	}
	for range keptRefusals {
		l.keepRefused(&Event{Bytes: make([]byte, 1<<16)})
	}
	if n := len(l.Refused()); n > keptRefusedBytes>>16 {
		t.Errorf("%d long messages that were refused are kept", n)
	}
	for range mostEvents {
		l.queue.put(&Event{Bytes: make([]byte, 1<<16)})
	}
	if n := len(l.queue.list); n != mostBytes>>16 {
		t.Errorf("%d long events wait", n)
	}
	now := time.Now()
	for i := range 3 * mostRepeats {
		l.repeats.seen(told{id: int32(i)}, now)
		l.engines.of(fmt.Append(nil, i))
	}
	if n := len(l.repeats.young) + len(l.repeats.old); n > mostRepeats {
		t.Errorf("%d informs are remembered", n)
	}
	if n := len(l.engines.young) + len(l.engines.old); n > mostEngines {
		t.Errorf("%d engines are remembered", n)
	}
	last := told{id: 3*mostRepeats - 1}
	if l.repeats.seen(last, now.Add(memory/2)) != 1 || l.repeats.seen(last, now.Add(3*memory)) != 0 {
		t.Error("an inform is remembered for too short or too long")
	}
}
