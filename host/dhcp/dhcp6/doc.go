// Package dhcp6 is the messages of DHCPv6 as they stand on the wire (RFC 8415): messages of clients, servers and relay
// agents, options in order and nested as deep as they come, identifiers of devices (DUIDs), addresses and prefixes. What
// is read and not changed is written again byte for byte; what can't be read is kept, with the reason. One table names
// every option of IANA's list and says what its data holds.
package dhcp6
