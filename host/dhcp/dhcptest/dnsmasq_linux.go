//go:build interop

package dhcptest

import (
	"path/filepath"
	"testing"

	"moonwire/host/network/nettest"
)

// dnsmasq speaks of options of DHCPv6 as option6:NUMBER; it delegates no prefixes.
const dnsmasqText = `
port=0
interface={{.Port}}
bind-interfaces
dhcp-authoritative
{{if not .Echo}}no-ping{{end}}
log-dhcp
log-facility=-
{{$lease := seconds .Lease}}
{{with .Domain}}domain={{.}}{{end}}
{{if .RapidCommit}}dhcp-rapid-commit{{end}}
{{- if .V6}}
{{range $i, $s := .Subnets}}dhcp-range=set:s{{$i}},{{.First}},{{.Last}},{{.Prefix.Bits}},{{$lease}}
{{end}}
{{range .DNS}}dhcp-option=option6:dns-server,[{{.}}]
{{end}}
{{with .Domain}}dhcp-option=option6:domain-search,{{.}}{{end}}
{{range .Options}}dhcp-option=option6:{{.Code}},{{colons .Data}}
{{end}}
{{range .Reservations}}dhcp-host=id:{{colons .DUID}},[{{.Address}}]
{{end}}
{{else}}
{{range $i, $s := .Subnets}}dhcp-range=set:s{{$i}},{{.First}},{{.Last}},{{mask .Prefix}},{{$lease}}
dhcp-option=tag:s{{$i}},option:router,{{.Router}}
{{end}}
{{with .DNS}}dhcp-option=option:dns-server,{{list .}}{{end}}
{{if .Renew}}dhcp-option=option:T1,{{seconds .Renew}}{{end}}
{{if .Rebind}}dhcp-option=option:T2,{{seconds .Rebind}}{{end}}
{{range .Options}}dhcp-option={{.Code}},{{colons .Data}}
{{end}}
{{range .Reservations}}dhcp-host={{.MAC}},{{.Address}}
{{end}}
{{end}}`

// Dnsmasq starts dnsmasq for the family of c on the node's Port. Its shortest lease is two minutes.
func Dnsmasq(t *testing.T, n *nettest.Node, c Config) *Process {
	t.Helper()
	dir := place(t)
	data := struct {
		family
		Port string
	}{family{c, c.v6()}, Port}
	conf := configure(t, dir, "dnsmasq.conf", dnsmasqText, data)
	p := Start(t, n, nil, "dnsmasq", "--keep-in-foreground", "--user=root", "--conf-file="+conf, "--pid-file",
		"--dhcp-leasefile="+filepath.Join(dir, "dnsmasq.leases"))
	p.Expect(t, "sockets bound")
	return p
}
