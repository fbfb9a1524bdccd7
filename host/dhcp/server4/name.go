package server4

import (
	"strings"

	"moonwire/host/dhcp/option"
)

// Name is what the client calls itself: option 12, or the name of option 81 (RFC 4702).
func (r *Request) Name() string {
	if name := r.Message.Text(option.HostName); name != "" {
		return name
	}
	b, _ := r.Message.Get(option.ClientFQDN)
	if len(b) < 4 {
		return ""
	}
	const encoded = 0x04 // the name is as in DNS
	if b[0]&encoded == 0 {
		return string(b[3:])
	}
	var labels []string
	for b = b[3:]; len(b) > 0 && b[0] > 0 && int(b[0]) < len(b); b = b[1+int(b[0]):] {
		labels = append(labels, string(b[1:1+b[0]]))
	}
	return strings.Join(labels, ".")
}
