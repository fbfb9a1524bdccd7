package manager

import (
	"cmp"
	"time"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

// What net-snmp's commands do, too (snmpcmd(1)).
const (
	DefaultTimeout = time.Second
	DefaultRetries = 5
	DefaultPort    = "161"
)

// Options say whom to ask, and how.
type Options struct {
	Addr          string // host, or host:port; a name is looked up
	Network       string // "udp" or "tcp"; "" is UDP. With a 4 or 6 behind it, of that IP version only
	Version       message.Version
	Community     []byte
	User          *usm.User // of version 3
	Engine        []byte    // id of the agent's engine, if it is not to be discovered
	Context       string
	ContextEngine []byte // "": the agent's own
	Boots, Time   int32  // of the agent's engine, if they are known; else they are learnt

	Timeout        time.Duration // wait for the answer to one sending
	Retries        int           // sendings after the first; negative: none
	MaxRepetitions int           // of walks in bulk; 0: as many as fill an answer of FullAnswer bytes

	Peer string // whom errors take the other end for; "": "an agent"

	// Name makes an identifier readable, for errors; nil: dotted numbers.
	Name func(oid.OID) string
}

// defaults fills what was not given.
func (o Options) defaults() Options {
	o.Network = cmp.Or(o.Network, "udp")
	o.Peer = cmp.Or(o.Peer, "an agent")
	o.Timeout = cmp.Or(o.Timeout, DefaultTimeout)
	o.Retries = max(cmp.Or(o.Retries, DefaultRetries), 0)
	if o.Name == nil {
		o.Name = oid.OID.String
	}
	return o
}
