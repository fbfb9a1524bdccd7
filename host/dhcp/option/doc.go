// Package option is the options of DHCPv4: the table of their codes, names and kinds of values (RFC 2132 and IANA's list of
// BOOTP Vendor Extensions and DHCP Options), and the kinds, which turn data into values and values into data. A kind reads
// what it can: data that aren't what their option says are bytes, with the reason.
package option
