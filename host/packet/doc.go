// Package packet builds, reads and writes network packets field by field. A Protocol is a table of fields; a Packet is
// flat bytes with the place of each layer in them. Fields are read and written where they stand; what nobody set is
// computed when the packet is built, what somebody set stays, wrong values included. The built-in protocols are in
// package layers, and a script defines its own with the same tables.
//
// The names of layers and fields are Scapy's; Field.Wireshark has the display name that tshark gives the same thing.
package packet
