// Package mib gives object identifiers names: those of MIB modules (SMIv2, RFC 2578 to 2580, and SMIv1). A Tree finds
// nodes by name, by module and name, and by OID; a Node knows its type, access and index; a Syntax turns values into text
// and back, by display hint, by enumeration and as its textual convention says. A row's index is decoded from the end of an
// OID and encoded again.
//
// Package facts has a table of the IETF's and IANA's modules, package smi reads MIB files.
package mib
