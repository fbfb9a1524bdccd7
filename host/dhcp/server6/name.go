package server6

import (
	"moonwire/host/dhcp/dhcp6"
	"moonwire/host/packet"
)

// Name is what the client calls itself (RFC 4704).
func (r *Request) Name() string {
	rec, _ := r.Message.Options.ValueOf(dhcp6.ClientFQDN).(packet.Record)
	name, _ := rec.Get("name").(string)
	return name
}
