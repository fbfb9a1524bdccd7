// Package message reads and writes SNMP messages of versions 1 (RFC 1157), 2c (RFC 1901, RFC 3416) and 3 (RFC 3412, RFC
// 3414 for the security parameters).
//
// Decode takes what can be understood and lists the rest as problems. Names and values of a decoded message share the
// bytes that were read and one slice of numbers; Clone makes a variable that stands alone. Nothing here encrypts, signs,
// or knows names.
package message
