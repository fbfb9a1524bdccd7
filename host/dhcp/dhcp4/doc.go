// Package dhcp4 is messages of DHCPv4 and BOOTP over their wire (RFC 951, RFC 2131, RFC 2132). A message keeps the order of
// its options, their duplicates and pads, the fields that hold options (option 52), and what follows the end, so that Encode
// gives the bytes that Decode has read. What can be read of a broken message is read; Problems say what could not.
package dhcp4
