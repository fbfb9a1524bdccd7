package sockets

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"syscall"

	"moonwire/host/network"
)

// A kind is what a socket is, for options that only some have.
type kind int

// The kinds of sockets.
const (
	streams kind = 1 << iota
	datagrams
	over6 // IP version 6

	every = streams | datagrams
)

// An option is one of setsockopt(2), with Linux's default.
type option struct {
	kinds   kind                         // that have it
	initial func(k kind) any             // before it is set
	accept  func(value any) (any, error) // what it reads back as; nil: it can only be read
}

// options are LuaSocket's names.
var options = map[string]option{
	"keepalive":            {every, always(false), boolean},
	"reuseaddr":            {every, always(false), boolean},
	"reuseport":            {every, always(false), boolean},
	"dontroute":            {every, always(false), boolean},
	"broadcast":            {every, always(false), boolean},
	"recv-buffer-size":     {every, either(131072, 212992), memory(2304)},
	"send-buffer-size":     {every, either(16384, 212992), memory(4608)},
	"linger":               {every, always(network.Linger{}), exactly[network.Linger]},
	"error":                {every, nil, nil},
	"tcp-nodelay":          {streams, always(false), boolean},
	"tcp-keepidle":         {streams, always(7200), between(1, 32767)},
	"tcp-keepcnt":          {streams, always(9), between(1, 127)},
	"tcp-keepintvl":        {streams, always(75), between(1, 32767)},
	"tcp-defer-accept":     {streams, always(0), integer},
	"tcp-fastopen":         {streams, always(0), integer},
	"tcp-fastopen-connect": {streams, always(false), boolean},
	"ip-ttl":               {every, always(64), hops(64, 1)},
	"ip-tos":               {every, always(0), octet},
	"ip-multicast-ttl":     {every, always(1), octet},
	"ip-multicast-loop":    {every, always(true), boolean},
	"ip-multicast-if":      {every, always(netip.IPv4Unspecified()), address4},
	"ip-add-membership":    {every, nil, membership4},
	"ip-drop-membership":   {every, nil, membership4},
	"ipv6-v6only":          {over6, always(false), boolean},
	"ipv6-unicast-hops":    {over6, always(64), hops(64, 0)},
	"ipv6-tclass":          {over6, always(0), class},
	"ipv6-multicast-hops":  {over6, always(1), hops(1, 0)},
	"ipv6-multicast-loop":  {over6, always(true), boolean},
	"ipv6-add-membership":  {over6, nil, membership6},
	"ipv6-drop-membership": {over6, nil, membership6},
	"bindtodevice":         {every, always(""), exactly[string]},
}

// settings are the options of one socket.
type settings struct {
	mu    sync.Mutex
	order []string // of those that were set
	value map[string]any
}

// set keeps a value.
func (s *settings) set(name string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.value == nil {
		s.value = make(map[string]any)
	}
	if _, again := s.value[name]; !again {
		s.order = append(s.order, name)
	}
	s.value[name] = value
}

// get is the value of an option of a socket of kind k.
func (s *settings) get(name string, k kind) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, set := s.value[name]; set {
		return v
	}
	return options[name].initial(k)
}

// each calls f for what was set, in that order.
func (s *settings) each(f func(name string, value any) error) error {
	s.mu.Lock()
	order := append([]string(nil), s.order...)
	s.mu.Unlock()
	for _, name := range order {
		if err := f(name, s.get(name, 0)); err != nil {
			return err
		}
	}
	return nil
}

// find looks an option up for a socket of kind k.
func find(name string, k kind) (option, error) {
	o, ok := options[name]
	if !ok {
		return o, fmt.Errorf("option '%s': %w", name, errors.ErrUnsupported)
	}
	if o.kinds&k == 0 {
		return o, syscall.ENOPROTOOPT
	}
	return o, nil
}

// accept checks a value for an option and returns what it reads back as.
func accept(name string, value any, k kind) (any, error) {
	o, err := find(name, k)
	switch {
	case err != nil:
		return nil, err
	case o.accept == nil:
		return nil, fmt.Errorf("option '%s' can only be read", name)
	}
	return o.accept(value)
}

// readable says whether an option of a socket of kind k can be read.
func readable(name string, k kind) error {
	o, err := find(name, k)
	if err == nil && o.initial == nil && name != "error" {
		err = fmt.Errorf("option '%s' can only be set", name)
	}
	return err
}

// always is a default of all kinds.
func always(v any) func(kind) any { return func(kind) any { return v } }

// either is a default of streams and of others.
func either(stream, datagram int) func(kind) any {
	return func(k kind) any {
		if k&streams != 0 {
			return stream
		}
		return datagram
	}
}

// need asserts the Go type of an option's value.
func need[T any](value any) (T, error) {
	v, ok := value.(T)
	if !ok {
		return v, fmt.Errorf("option value: want %T, got %T", v, value)
	}
	return v, nil
}

// exactly takes a value of one type as it is.
func exactly[T any](value any) (any, error) { return need[T](value) }

func boolean(value any) (any, error) { return need[bool](value) }
func integer(value any) (any, error) { return need[int](value) }

// between takes numbers from low to high.
func between(low, high int) func(any) (any, error) {
	return func(value any) (any, error) {
		v, err := need[int](value)
		if err == nil && (v < low || v > high) {
			err = syscall.EINVAL
		}
		return v, err
	}
}

func octet(value any) (any, error) { return between(0, 255)(value) }

// class takes a traffic class; -1 is the default.
func class(value any) (any, error) {
	if value == -1 {
		return 0, nil
	}
	return octet(value)
}

// hops takes a hop limit from low to 255; -1 is the default.
func hops(initial, low int) func(any) (any, error) {
	return func(value any) (any, error) {
		if value == -1 {
			return initial, nil
		}
		return between(low, 255)(value)
	}
}

// maxBuffer is Linux's net.core.rmem_max and wmem_max.
const maxBuffer = 212992

// memory takes a size of memory. It reads back doubled, since Linux counts what it needs beside the bytes (socket(7)).
func memory(least int) func(any) (any, error) {
	return func(value any) (any, error) {
		v, err := need[int](value)
		if v < 0 {
			v = maxBuffer
		}
		return max(2*min(v, maxBuffer), least), err
	}
}

func address4(value any) (any, error) {
	v, err := need[netip.Addr](value)
	if err == nil && !v.Unmap().Is4() {
		err = syscall.EINVAL
	}
	return v.Unmap(), err
}

func membership4(value any) (any, error) {
	m, err := need[network.Membership](value)
	if err == nil && (!m.Group.Unmap().Is4() || !m.Group.Unmap().IsMulticast()) {
		err = syscall.EINVAL
	}
	return m, err
}

func membership6(value any) (any, error) {
	m, err := need[network.Membership](value)
	if err == nil && (!m.Group.Is6() || !m.Group.IsMulticast()) {
		err = syscall.EINVAL
	}
	return m, err
}
