package network

import (
	"os"
	"strconv"
	"strings"
)

// lookupService finds the port of a service by name or alias: in /etc/services, else among the usual ones.
func lookupService(name, proto string) (uint16, bool) {
	for s := range services {
		if s.proto == proto && s.has(name) {
			return s.port, true
		}
	}
	return 0, false
}

// serviceName is the name of a port, "" when it has none.
func serviceName(port uint16, proto string) string {
	for s := range services {
		if s.port == port && s.proto == proto {
			return s.names[0]
		}
	}
	return ""
}

// service is one line of services(5).
type service struct {
	names []string // official first
	port  uint16
	proto string
}

func (s service) has(name string) bool {
	for _, n := range s.names {
		if n == name {
			return true
		}
	}
	return false
}

// services yields those of /etc/services, then the usual ones for machines without that file.
func services(yield func(service) bool) {
	text, err := os.ReadFile(servicesFile)
	if err != nil {
		text = []byte(usualServices)
	}
	for line := range strings.Lines(string(text)) {
		if s, ok := parseService(line); ok && !yield(s) {
			return
		}
	}
}

func parseService(line string) (service, bool) {
	line, _, _ = strings.Cut(line, "#")
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return service{}, false
	}
	port, proto, ok := strings.Cut(fields[1], "/")
	n, err := strconv.ParseUint(port, 10, 16)
	if !ok || err != nil {
		return service{}, false
	}
	return service{append(fields[:1:1], fields[2:]...), uint16(n), proto}, true
}

// usualServices are registered with IANA.
const usualServices = `
echo 7/tcp
echo 7/udp
discard 9/tcp sink null
discard 9/udp sink null
daytime 13/tcp
daytime 13/udp
chargen 19/tcp
chargen 19/udp
ftp-data 20/tcp
ftp 21/tcp
ssh 22/tcp
telnet 23/tcp
smtp 25/tcp mail
time 37/tcp timserver
time 37/udp timserver
domain 53/tcp
domain 53/udp
bootps 67/udp
bootpc 68/udp
tftp 69/udp
finger 79/tcp
http 80/tcp www
kerberos 88/tcp
kerberos 88/udp
pop3 110/tcp
ntp 123/udp
imap2 143/tcp imap
snmp 161/tcp
snmp 161/udp
snmp-trap 162/tcp snmptrap
snmp-trap 162/udp snmptrap
bgp 179/tcp
irc 194/tcp
ldap 389/tcp
https 443/tcp
https 443/udp
submissions 465/tcp
syslog 514/udp
dhcpv6-client 546/udp
dhcpv6-server 547/udp
submission 587/tcp
ldaps 636/tcp
domain-s 853/tcp
imaps 993/tcp
pop3s 995/tcp
nfs 2049/tcp
mysql 3306/tcp
postgresql 5432/tcp
`
