// Package usm is the User-based Security Model of SNMPv3 (RFC 3414): users and their keys, digests, ciphers, engine
// ids, time windows and the statistics that a Report names.
//
// Keys come from passwords as RFC 3414 section 2.6 and A.2 say. The digests are those of RFC 3414 and RFC 7860, the
// ciphers those of RFC 3414 (DES), RFC 3826 (AES with 128 bits), draft-reeder-snmpv3-usm-3desede (3DES) and
// draft-blumenthal-aes-usm (AES with 192 and 256 bits), whose keys are longer than some digests give. Two ways to
// lengthen them are in use: Blumenthal's, which net-snmp takes, and Reeder's, which Cisco's devices take.
//
// Nothing here sends, waits or reads a clock: callers say what time it is and where chance comes from.
package usm
