//go:build interop

package dhcptest

import (
	"os"
	"path/filepath"
	"testing"

	"moonwire/host/network/nettest"
)

// All subnets are one shared network only where the link has several; a relay's are networks of their own.
const dhcpdText = `
authoritative;
ddns-update-style none;
log-facility local7;
default-lease-time {{seconds .Lease}};
min-lease-time 1;
max-lease-time 86400;
{{if .Renew}}option {{if .V6}}dhcp6.{{else}}dhcp-{{end}}renewal-time {{seconds .Renew}};{{end}}
{{if .Rebind}}option {{if .V6}}dhcp6.{{else}}dhcp-{{end}}rebinding-time {{seconds .Rebind}};{{end}}
{{- if .V6}}
preferred-lifetime {{seconds .Lease}};
{{if .RapidCommit}}option dhcp6.rapid-commit;{{end}}
{{with .DNS}}option dhcp6.name-servers {{list .}};{{end}}
{{with .Domain}}option dhcp6.domain-search "{{.}}";{{end}}
{{range .Options}}option dhcp6.bytes-{{.Code}} code {{.Code}} = string; option dhcp6.bytes-{{.Code}} {{colons .Data}};
{{end}}
{{range .Subnets}}subnet6 {{.Prefix}} {
  range6 {{.First}} {{.Last}};
  {{if .Delegate.IsValid}}prefix6 {{.Delegate.Addr}} {{lastPrefix .}} /{{.Length}};{{end}}
}
{{end}}
{{range $i, $r := .Reservations}}host h{{$i}} { host-identifier option dhcp6.client-id {{colons .DUID}}; fixed-address6 {{.Address}}; }
{{end}}
{{else}}
ping-check {{.Echo}};
{{with .DNS}}option domain-name-servers {{list .}};{{end}}
{{with .Domain}}option domain-name "{{.}}";{{end}}
{{range .Options}}option bytes-{{.Code}} code {{.Code}} = string; option bytes-{{.Code}} {{colons .Data}};
{{end}}
{{range .Subnets}}subnet {{.Prefix.Addr}} netmask {{mask .Prefix}} {
  range {{.First}} {{.Last}};
  option routers {{.Router}};
}
{{end}}
{{range $i, $r := .Reservations}}host h{{$i}} { hardware ethernet {{.MAC}}; fixed-address {{.Address}}; }
{{end}}
{{end}}`

// Dhcpd starts ISC dhcpd for the family of c on the node's Port.
func Dhcpd(t *testing.T, n *nettest.Node, c Config) *Process {
	t.Helper()
	dir := place(t)
	conf := configure(t, dir, "dhcpd.conf", dhcpdText, family{c, c.v6()})
	leases := filepath.Join(dir, "dhcpd.leases")
	must(t, os.WriteFile(leases, nil, 0o666))
	p := Start(t, n, nil, "dhcpd", version(c), "-f", "-d", "--no-pid", "-cf", conf, "-lf", leases, Port)
	p.Expect(t, "Server starting service")
	return p
}

// A family is a Config for templates that serve both.
type family struct {
	Config
	V6 bool
}

func version(c Config) string {
	if c.v6() {
		return "-6"
	}
	return "-4"
}
