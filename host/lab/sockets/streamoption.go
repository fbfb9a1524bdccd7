package sockets

import (
	"syscall"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"

	"moonwire/host/network"
)

// SetOption sets one option.
func (t *tcp) SetOption(name string, value any) error {
	if err := t.setOption(name, value); err != nil {
		return t.fail("setsockopt", err)
	}
	return nil
}

func (t *tcp) setOption(name string, value any) error {
	ep, version, err := t.use()
	if err != nil {
		return err
	}
	v, err := accept(name, value, kindOf(streams, version))
	if err != nil {
		return err
	}
	if err := t.apply(ep, name, v); err != nil {
		return err
	}
	t.options.set(name, v)
	return nil
}

// kindOf is k with the version of IP.
func kindOf(k kind, version tcpip.NetworkProtocolNumber) kind {
	if version == ip6 {
		k |= over6
	}
	return k
}

// Option reads one option.
func (t *tcp) Option(name string) (any, error) {
	_, version, err := t.use()
	k := kindOf(streams, version)
	if err == nil {
		err = readable(name, k)
	}
	switch {
	case err != nil:
		return nil, t.fail("getsockopt", err)
	case name == "error":
		return number(t.takeError()), nil
	}
	return t.options.get(name, k), nil
}

// number is the errno inside err, 0 for none.
func number(err error) int {
	e, _ := err.(syscall.Errno)
	return int(e)
}

// apply tells an endpoint of an option. What the stack knows nothing of is only remembered.
func (t *tcp) apply(ep tcpip.Endpoint, name string, value any) error {
	o := ep.SocketOptions()
	var err tcpip.Error
	switch name {
	case "keepalive":
		o.SetKeepAlive(value.(bool))
	case "reuseaddr":
		o.SetReuseAddress(value.(bool))
	case "reuseport":
		o.SetReusePort(value.(bool))
	case "recv-buffer-size":
		o.SetReceiveBufferSize(int64(value.(int)), true)
	case "send-buffer-size":
		o.SetSendBufferSize(int64(value.(int)), true)
	case "linger":
		l := value.(network.Linger)
		o.SetLinger(tcpip.LingerOption{Enabled: l.On, Timeout: time.Duration(l.Seconds) * time.Second})
	case "tcp-nodelay":
		o.SetDelayOption(!value.(bool))
	case "tcp-keepidle":
		idle := tcpip.KeepaliveIdleOption(time.Duration(value.(int)) * time.Second)
		err = ep.SetSockOpt(&idle)
	case "tcp-keepintvl":
		interval := tcpip.KeepaliveIntervalOption(time.Duration(value.(int)) * time.Second)
		err = ep.SetSockOpt(&interval)
	case "tcp-keepcnt":
		err = ep.SetSockOptInt(tcpip.KeepaliveCountOption, value.(int))
	case "tcp-defer-accept":
		wait := tcpip.TCPDeferAcceptOption(time.Duration(value.(int)) * time.Second)
		err = ep.SetSockOpt(&wait)
	case "ip-ttl":
		err = ep.SetSockOptInt(tcpip.IPv4TTLOption, value.(int))
	case "ipv6-unicast-hops":
		err = ep.SetSockOptInt(tcpip.IPv6HopLimitOption, value.(int))
	case "ip-tos":
		err = ep.SetSockOptInt(tcpip.IPv4TOSOption, value.(int))
	case "ipv6-tclass":
		err = ep.SetSockOptInt(tcpip.IPv6TrafficClassOption, value.(int))
	case "ipv6-v6only":
		if t.isBound() {
			return syscall.EINVAL
		}
		o.SetV6Only(value.(bool))
	case "bindtodevice":
		id, errno := t.world.device(value.(string))
		if errno != nil {
			return errno
		}
		err = o.SetBindToDevice(int32(id))
	}
	return errno(err)
}

// prepare sets what was asked for at opening.
func (t *tcp) prepare(o *network.SockOpts) error {
	if o == nil {
		return nil
	}
	return o.Apply(t.version == ip6, t.setOption)
}
