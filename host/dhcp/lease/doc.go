// Package lease keeps what a DHCP server has given to whom: pools of addresses and prefixes of both versions of IP, a
// table of bindings with their states and times, and a file that holds the table through crashes.
//
// It knows nothing of messages. Clients are keyed by text (ByID, ByMAC, ByDUID); what is leased is a prefix: a whole
// address (/32, /128) or a delegated one.
package lease
