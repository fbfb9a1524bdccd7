package watch

import (
	"fmt"
	"net"
	"time"
)

// A tally counts what happened within a window of time, and says when it is too much: once for each window.
type tally struct {
	list []happening
	said time.Time
}

// A happening is one of what a tally counts.
type happening struct {
	at      time.Time
	who     string // MAC address of the frame's source
	foreign bool   // not what the message says
}

// mostCounted bounds a tally.
const mostCounted = 1 << 12

// add counts one more; enough says that there are as many as the limit now, and that this wasn't said in this window.
func (t *tally) add(h happening, window time.Duration, limit int) (enough bool) {
	from := 0
	for from < len(t.list) && h.at.Sub(t.list[from].at) >= window {
		from++
	}
	if from == 0 && len(t.list) == mostCounted {
		from = 1
	}
	t.list = append(t.list[:copy(t.list, t.list[from:])], h)
	if len(t.list) < limit || !t.said.IsZero() && h.at.Sub(t.said) < window {
		return false
	}
	t.said = h.at
	return true
}

// loudest is who did the most of it, and how much; and how much was under other names.
func (t *tally) loudest() (who string, most, foreign int) {
	by := map[string]int{}
	for _, h := range t.list {
		by[h.who]++
		if h.foreign {
			foreign++
		}
		if by[h.who] > most {
			who, most = h.who, by[h.who]
		}
	}
	return who, most, foreign
}

// sought looks for a flood in messages of clients that look for servers.
func (w *Watcher) sought(n *notice, c *Client, isNew bool) {
	h := happening{n.Time, string(n.SrcMAC), n.foreign()}
	o := &w.opt
	if isNew && w.fresh.add(h, o.Window, o.Clients) {
		w.flood(n, &w.fresh, fmt.Sprintf("%d new clients", len(w.fresh.list)))
	}
	if w.seeks.add(h, o.Window, o.Seeks) {
		w.flood(n, &w.seeks, fmt.Sprintf("%d messages that look for servers", len(w.seeks.list)))
	}
}

// flood tells that a tally has run over.
func (w *Watcher) flood(n *notice, t *tally, what string) {
	who, most, foreign := t.loudest()
	why := fmt.Sprintf("%s within %s", what, w.opt.Window)
	if who != "" && most > 1 {
		why += fmt.Sprintf(", %d of them from %s", most, net.HardwareAddr(who))
	}
	if foreign > 0 {
		why += fmt.Sprintf(", %d under another MAC address than their frames'", foreign)
	}
	w.tell(Event{Kind: Starvation, Sighting: n.Sighting, Reason: why, Count: len(t.list)})
}

// foreign says that a client's message has another MAC address than its frame.
func (n *notice) foreign() bool {
	return n.V4 != nil && !n.relayed && len(n.SrcMAC) > 0 && len(n.client.MAC) > 0 && string(n.SrcMAC) != string(n.client.MAC)
}

// disguise tells of a sender that uses other names than its own: once for each.
func (w *Watcher) disguise(n *notice) {
	if !n.foreign() || w.disguised[string(n.SrcMAC)] || len(w.disguised) >= mostRows {
		return
	}
	w.disguised[string(n.SrcMAC)] = true
	w.tell(Event{Kind: Spoofed, Sighting: n.Sighting, Client: w.clients.get(n.client.keyOf()),
		Reason: fmt.Sprintf("%s sends a %s for %s", n.SrcMAC, n.Type(), n.client.MAC)})
}

// exhausted looks whether the pool runs dry.
func (w *Watcher) exhausted(n *notice) {
	size := w.opt.poolSize()
	switch {
	case size == 0:
	case float64(w.used) < w.opt.Full*size:
		w.dry = false
	case !w.dry:
		w.dry = true
		w.tell(Event{Kind: Starvation, Sighting: n.Sighting, Reason: fmt.Sprintf("%d of the pool's %.0f addresses are leased", w.used, size),
			Count: w.used})
	}
}
