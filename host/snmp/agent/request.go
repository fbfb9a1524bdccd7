package agent

import (
	"errors"
	"net/netip"
	"time"

	"moonwire/host/snmp/inlet"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// A Request is what a manager asks. Sources see it; it belongs to them until they return.
type Request struct {
	Version   message.Version
	Type      message.PDUType
	Community string // of versions 1 and 2c
	User      string // of version 3
	Level     usm.Level
	Context   string
	Names     int // how many variables it names

	Source, Local netip.AddrPort
	Stream        bool // by TCP
	Time          time.Time

	agent   *Agent
	in      *inlet.Message
	message *message.Message
	keys    *usm.Keys // of the user

	tree     *Tree
	rule     *Rule // nil: none fits
	view     *View
	scripted bool // asked by who serves the script
	lists    map[*Live]Vars
	delay    time.Duration
	drop     bool
	faults   faults // nil: not yet chosen
}

// Known says whether the message could be read so far that Version and Type stand.
func (r *Request) Known() bool { return r.message != nil && r.message.PDU != nil }

// Delay has the answer sent later.
func (r *Request) Delay(d time.Duration) { r.delay += d }

// Drop has no answer sent.
func (r *Request) Drop() { r.drop = true }

// errScripted says that a source is to be asked by who serves the script.
var errScripted = errors.New("the script answers for this")

func (r *Request) mayAsk(s Source) error {
	if _, ok := s.(Scripted); ok && !r.scripted {
		return errScripted
	}
	return nil
}

// maxSize is how long the answer may be.
func (r *Request) maxSize() int {
	most := r.agent.options.MaxSize
	if r.Version == message.V3 {
		most = min(most, int(r.message.V3.MaxSize))
	}
	if !r.Stream {
		most = min(most, datagramSize)
	}
	return most
}

// datagramSize is the longest payload of UDP over IPv4.
const datagramSize = 65507
