//go:build interop

package dhcptest

import (
	"testing"

	"moonwire/host/network/nettest"
)

const keaText = `{{$six := .V6}}{ "Dhcp{{.N}}": {
  "interfaces-config": { "interfaces": [ "{{.Port}}" ]{{if not .V6}}, "dhcp-socket-type": "raw"{{end}} },
  "lease-database": { "type": "memfile", "persist": false, "lfc-interval": 0 },
  "valid-lifetime": {{seconds .Lease}},
  {{if .V6}}"preferred-lifetime": {{seconds .Lease}},
  "server-id": { "type": "EN", "enterprise-id": 2495, "identifier": "0123456789abcdef", "persist": false },{{else}}"authoritative": true,{{end}}
  {{if .Renew}}"renew-timer": {{seconds .Renew}},{{end}}
  {{if .Rebind}}"rebind-timer": {{seconds .Rebind}},{{end}}
  "option-data": [
    {{with .DNS}}{ "name": "{{if $six}}dns-servers{{else}}domain-name-servers{{end}}", "data": "{{list .}}" },{{end}}
    {{range .Options}}{ "code": {{.Code}}, "csv-format": false, "data": "{{hex .Data}}" },
    {{end}}
    { "name": "{{if $six}}domain-search{{else}}domain-name{{end}}", "data": "{{.Domain}}" } ],
  "subnet{{.N}}": [ {{range $i, $s := .Subnets}}{{if $i}}, {{end}}{
    "id": {{$s.ID}}, "subnet": "{{.Prefix}}",
    {{if eq $i 0}}"interface": "{{$.Port}}",{{end}}
    {{if $six}}"rapid-commit": {{$.RapidCommit}},
    {{if .Delegate.IsValid}}"pd-pools": [ { "prefix": "{{.Delegate.Addr}}", "prefix-len": {{.Delegate.Bits}}, "delegated-len": {{.Length}} } ],{{end}}
    {{else}}"option-data": [ { "name": "routers", "data": "{{.Router}}" } ],{{end}}
    "pools": [ { "pool": "{{.First}}-{{.Last}}" } ]
  }{{end}} ],
  "reservations-global": true, "reservations-in-subnet": false,
  "reservations": [ {{range $i, $r := .Reservations}}{{if $i}}, {{end}}
    {{if $six}}{ "duid": "{{hex .DUID}}", "ip-addresses": [ "{{.Address}}" ] }{{else}}{ "hw-address": "{{.MAC}}", "ip-address": "{{.Address}}" }{{end}}{{end}} ],
  "loggers": [ { "name": "kea-dhcp{{.N}}", "severity": "INFO", "output_options": [ { "output": "stdout" } ] } ]
} }`

// Kea starts kea-dhcp4 or kea-dhcp6, for the family of c, on the node's Port. It keeps its leases in memory.
func Kea(t *testing.T, n *nettest.Node, c Config) *Process {
	t.Helper()
	dir := place(t)
	type numbered struct {
		Subnet
		ID int
	}
	data := struct {
		family
		N       string
		Port    string
		Subnets []numbered
	}{family: family{c, c.v6()}, N: version(c)[1:], Port: Port}
	for i, s := range c.Subnets {
		data.Subnets = append(data.Subnets, numbered{s, i + 1})
	}
	program := "kea-dhcp" + data.N
	conf := configure(t, dir, program+".json", keaText, data)
	p := Start(t, n, []string{"KEA_LOCKFILE_DIR=" + dir, "KEA_PIDFILE_DIR=" + dir}, program, "-c", conf)
	p.Expect(t, "DHCP"+data.N+"_STARTED")
	return p
}
