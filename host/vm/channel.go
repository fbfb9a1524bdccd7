package vm

import (
	"slices"

	lua "github.com/yuin/gopher-lua"
)

// channel is a queue between tasks. Whoever holds the baton may look at it.
type channel struct {
	size      int
	buffer    []lua.LValue
	senders   []sender   // that wait for room, or for a receiver
	receivers []listener // that wait for a value
	closed    bool
}

// sender is a wait that brings a value.
type sender struct {
	listener
	value lua.LValue
}

// trySend hands v over if that takes no wait. ok is false when it would; a closed channel is ok and takes nothing.
func (c *channel) trySend(v lua.LValue) (sent, ok bool) {
	if c.closed {
		return false, true
	}
	for len(c.receivers) > 0 {
		r := c.receivers[0]
		c.receivers = c.receivers[1:]
		if !r.wait.done() {
			r.wait.value = v
			r.wait.fire(r.which)
			return true, true
		}
	}
	if len(c.buffer) < c.size {
		c.buffer = append(c.buffer, v)
		return true, true
	}
	return false, false
}

// tryRecv takes a value if that takes no wait; nil when the channel is closed and empty.
func (c *channel) tryRecv() (v lua.LValue, ok bool) {
	if len(c.buffer) > 0 {
		v = c.buffer[0]
		c.buffer[0] = nil
		c.buffer = c.buffer[1:]
		if s, ok := c.nextSender(); ok {
			c.buffer = append(c.buffer, s)
		}
		return v, true
	}
	if v, ok := c.nextSender(); ok {
		return v, true
	}
	return nil, c.closed
}

// nextSender takes the value of the sender that has waited longest.
func (c *channel) nextSender() (lua.LValue, bool) {
	for len(c.senders) > 0 {
		s := c.senders[0]
		c.senders[0] = sender{}
		c.senders = c.senders[1:]
		if !s.wait.done() {
			s.wait.value = s.value
			s.wait.fire(s.which)
			return s.value, true
		}
	}
	return nil, false
}

// close wakes everyone who waits. What is in the buffer can still be received.
func (c *channel) close() {
	c.closed = true
	for _, r := range c.receivers {
		r.wait.fire(r.which)
	}
	for _, s := range c.senders {
		s.wait.fire(s.which)
	}
	c.receivers, c.senders = nil, nil
}

// forget drops the entries of waits that are over, so that a select in a loop doesn't pile them up.
func (c *channel) forget() {
	c.receivers = slices.DeleteFunc(c.receivers, func(r listener) bool { return r.wait.done() })
	c.senders = slices.DeleteFunc(c.senders, func(s sender) bool { return s.wait.done() })
}
