package network

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
)

// procNet is a file of proc(5) as the namespace of the thread has it.
func (k *kernel) procNet(name string) (content []byte, err error) {
	err = k.inside(func() (err error) {
		content, err = os.ReadFile("/proc/thread-self/net/" + name)
		return err
	})
	return content, err
}

// Stats is what the kernel counts.
func (k *kernel) Stats() (Stats, error) {
	text, err := k.procNet("snmp")
	if err != nil {
		return Stats{}, err
	}
	groups := parseSNMP(text)
	s := Stats{IP: groups["Ip"], ICMP: groups["Icmp"].With(groups["IcmpMsg"]), TCP: groups["Tcp"], UDP: groups["Udp"], IP6: Counters{}, ICMP6: Counters{}}
	text, err = k.procNet("snmp6")
	if err != nil {
		return s, nil // no IPv6 here
	}
	s.IP6, s.ICMP6 = Counters{}, Counters{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) != 2 {
			continue
		}
		n, _ := strconv.ParseUint(fields[1], 10, 64)
		if name, ok := strings.CutPrefix(fields[0], "Ip6"); ok {
			s.IP6[name] = n
		} else if name, ok := strings.CutPrefix(fields[0], "Icmp6"); ok {
			s.ICMP6[name] = n
		} else if name, ok := strings.CutPrefix(fields[0], "Udp6"); ok {
			s.UDP[name] += n
		}
	}
	k.forwarding6(s.IP6)
	return s, nil
}

// forwarding6 adds what stands elsewhere for IPv6: 1 is forwarding, 2 is not (RFC 4293).
func (k *kernel) forwarding6(c Counters) {
	for name, file := range map[string]string{"Forwarding": "/proc/sys/net/ipv6/conf/all/forwarding", "DefaultTTL": "/proc/sys/net/ipv6/conf/default/hop_limit"} {
		k.inside(func() error {
			text, err := os.ReadFile(file)
			if n, bad := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 8); err == nil && bad == nil {
				c[name] = n
			}
			return err
		})
	}
	if on, known := c["Forwarding"]; known {
		c["Forwarding"] = 2 - min(on, 1)
	}
}

// parseSNMP reads /proc/net/snmp: a line of names and a line of numbers for each group.
func parseSNMP(text []byte) map[string]Counters {
	groups := map[string]Counters{}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		group, list, _ := strings.Cut(lines.Text(), ":")
		if !lines.Scan() {
			break
		}
		_, numbers, _ := strings.Cut(lines.Text(), ":")
		names, values := strings.Fields(list), strings.Fields(numbers)
		c := make(Counters, len(names))
		for i := range min(len(names), len(values)) {
			if n, err := strconv.ParseInt(values[i], 10, 64); err == nil { // tcpMaxConn is -1
				c[names[i]] = uint64(n)
			} else if n, err := strconv.ParseUint(values[i], 10, 64); err == nil {
				c[names[i]] = n
			}
		}
		groups[group] = c
	}
	return groups
}
