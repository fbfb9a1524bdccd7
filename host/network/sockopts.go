package network

// Apply sets what o asks for on a socket of IPv6 or not, by the names that SetOption takes; DF, Metadata and Errors are left to
// the world, which has them by other means.
func (o *SockOpts) Apply(v6 bool, set func(name string, value any) error) error {
	for _, x := range []struct {
		wanted bool
		name   string
		value  any
	}{
		{o.ReuseAddr, "reuseaddr", true},
		{o.ReusePort, "reuseport", true},
		{o.Broadcast, "broadcast", true},
		{o.V6Only && v6, "ipv6-v6only", true},
		{o.Device != "", "bindtodevice", o.Device},
		{o.SendBuffer > 0, "send-buffer-size", o.SendBuffer},
		{o.RecvBuffer > 0, "recv-buffer-size", o.RecvBuffer},
		{o.TTL > 0 && !v6, "ip-ttl", o.TTL},
		{o.TTL > 0 && v6, "ipv6-unicast-hops", o.TTL},
		{o.TOS > 0 && !v6, "ip-tos", o.TOS},
		{o.TOS > 0 && v6, "ipv6-tclass", o.TOS},
	} {
		if !x.wanted {
			continue
		}
		if err := set(x.name, x.value); err != nil {
			return err
		}
	}
	return nil
}
