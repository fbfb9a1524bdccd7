package layers

import "moonwire/host/packet"

// rdata are the fields of records' data by type, in the order of the wire, with Scapy's names where it has the type. Of
// other types the data is one string of bytes, rdata.
var rdata = map[uint64][]part{
	1:     {kindPart("rdata", 4, packet.IPv4, "0.0.0.0")},                                                                                 // A, RFC 1035 section 3.4.1
	2:     {namePart("rdata")},                                                                                                            // NS
	3:     {namePart("rdata")},                                                                                                            // MD
	4:     {namePart("rdata")},                                                                                                            // MF
	5:     {namePart("rdata")},                                                                                                            // CNAME
	6:     soa,                                                                                                                            // SOA
	12:    {namePart("rdata")},                                                                                                            // PTR
	13:    {stringPart("cpu"), stringPart("os")},                                                                                          // HINFO
	15:    {uintPart("preference", 2, 0, nil), namePart("exchange")},                                                                      // MX
	16:    {textsPart("rdata")},                                                                                                           // TXT
	28:    {kindPart("rdata", 16, packet.IPv6, "::")},                                                                                     // AAAA, RFC 3596
	33:    {uintPart("priority", 2, 0, nil), uintPart("weight", 2, 0, nil), uintPart("port", 2, 0, nil), namePart("target")},              // SRV, RFC 2782
	35:    naptr,                                                                                                                          // NAPTR, RFC 3403
	39:    {namePart("rdata")},                                                                                                            // DNAME, RFC 6672
	41:    {optionsPart("rdata", ednsOptions)},                                                                                            // OPT, RFC 6891
	43:    ds,                                                                                                                             // DS, RFC 4034
	44:    {uintPart("algorithm", 1, 0, nil), uintPart("fp_type", 1, 0, nil), restPart("fingerprint")},                                    // SSHFP, RFC 4255
	46:    rrsig,                                                                                                                          // RRSIG
	47:    {namePart("nextname"), typesPart("typebitmaps")},                                                                               // NSEC
	48:    dnskey,                                                                                                                         // DNSKEY
	50:    nsec3,                                                                                                                          // NSEC3, RFC 5155
	51:    nsec3[:4:4],                                                                                                                    // NSEC3PARAM
	52:    {uintPart("usage", 1, 0, nil), uintPart("selector", 1, 0, nil), uintPart("matching_type", 1, 0, nil), restPart("certificate")}, // TLSA, RFC 6698
	59:    ds,                                                                                                                             // CDS, RFC 7344
	60:    dnskey,                                                                                                                         // CDNSKEY
	64:    svcb,                                                                                                                           // SVCB, RFC 9460
	65:    svcb,                                                                                                                           // HTTPS
	250:   tsig,                                                                                                                           // TSIG, RFC 8945
	256:   {uintPart("priority", 2, 0, nil), uintPart("weight", 2, 0, nil), restPart("target")},                                           // URI, RFC 7553
	257:   {uintPart("flags", 1, 0, nil), stringPart("tag"), restPart("value")},                                                           // CAA, RFC 8659
	32769: ds,                                                                                                                             // DLV, RFC 4431
}

// plainRdata is the data of all other types.
var plainRdata = []part{restPart("rdata")}

var (
	soa = []part{namePart("mname"), namePart("rname"), uintPart("serial", 4, 0, nil), uintPart("refresh", 4, 0, nil),
		uintPart("retry", 4, 0, nil), uintPart("expire", 4, 0, nil), uintPart("minimum", 4, 0, nil)}
	naptr = []part{uintPart("order", 2, 0, nil), uintPart("preference", 2, 0, nil), stringPart("flags"),
		stringPart("services"), stringPart("regexp"), namePart("replacement")}
	ds = []part{uintPart("keytag", 2, 0, nil), uintPart("algorithm", 1, 5, dnssecAlgorithms),
		uintPart("digesttype", 1, 5, dnssecDigests), restPart("digest")}
	dnskey = []part{uintPart("flags", 2, 256, nil), uintPart("protocol", 1, 3, nil),
		uintPart("algorithm", 1, 5, dnssecAlgorithms), restPart("publickey")}
	rrsig = []part{uintPart("typecovered", 2, 1, dnsTypes), uintPart("algorithm", 1, 5, dnssecAlgorithms),
		uintPart("labels", 1, 0, nil), uintPart("originalttl", 4, 0, nil), uintPart("expiration", 4, 0, nil),
		uintPart("inception", 4, 0, nil), uintPart("keytag", 2, 0, nil), namePart("signersname"), restPart("signature")}
	nsec3 = []part{uintPart("hashalg", 1, 0, nil), uintPart("flags", 1, 0, nil), uintPart("iterations", 2, 0, nil),
		stringPart("salt"), stringPart("nexthashedownername"), typesPart("typebitmaps")}
	tsig = []part{namePart("algo_name"), uintPart("time_signed", 6, 0, nil), uintPart("fudge", 2, 0, nil),
		longStringPart("mac_data"), uintPart("original_id", 2, 0, nil), uintPart("error", 2, 0, dnsRcodes), longStringPart("other_data")}
	svcb = []part{uintPart("svc_priority", 2, 0, nil), namePart("target_name"), paramsPart("svc_params")}
)

// dnsTypes names types of records and of questions (IANA, Domain Name System Parameters).
var dnsTypes = packet.Named(map[uint64]string{
	1: "A", 2: "NS", 3: "MD", 4: "MF", 5: "CNAME", 6: "SOA", 7: "MB", 8: "MG", 9: "MR", 10: "NULL", 11: "WKS", 12: "PTR",
	13: "HINFO", 14: "MINFO", 15: "MX", 16: "TXT", 17: "RP", 18: "AFSDB", 19: "X25", 20: "ISDN", 21: "RT", 22: "NSAP",
	23: "NSAP-PTR", 24: "SIG", 25: "KEY", 26: "PX", 27: "GPOS", 28: "AAAA", 29: "LOC", 30: "NXT", 31: "EID", 32: "NIMLOC",
	33: "SRV", 34: "ATMA", 35: "NAPTR", 36: "KX", 37: "CERT", 38: "A6", 39: "DNAME", 40: "SINK", 41: "OPT", 42: "APL",
	43: "DS", 44: "SSHFP", 45: "IPSECKEY", 46: "RRSIG", 47: "NSEC", 48: "DNSKEY", 49: "DHCID", 50: "NSEC3",
	51: "NSEC3PARAM", 52: "TLSA", 53: "SMIMEA", 55: "HIP", 56: "NINFO", 57: "RKEY", 58: "TALINK", 59: "CDS", 60: "CDNSKEY",
	61: "OPENPGPKEY", 62: "CSYNC", 63: "ZONEMD", 64: "SVCB", 65: "HTTPS", 99: "SPF", 104: "NID", 105: "L32", 106: "L64",
	107: "LP", 108: "EUI48", 109: "EUI64", 249: "TKEY", 250: "TSIG", 251: "IXFR", 252: "AXFR", 253: "MAILB", 254: "MAILA",
	255: "ALL", 256: "URI", 257: "CAA", 258: "AVC", 259: "DOA", 260: "AMTRELAY", 32768: "TA", 32769: "DLV", 0: "ANY",
})

// dnsClasses names classes.
var dnsClasses = packet.Named(map[uint64]string{1: "IN", 2: "CS", 3: "CH", 4: "HS", 254: "NONE", 255: "ANY"})

// dnsRcodes names response codes (RFC 1035 section 4.1.1, RFC 2136, RFC 6895).
var dnsRcodes = packet.Named(map[uint64]string{
	0: "ok", 1: "format-error", 2: "server-failure", 3: "name-error", 4: "not-implemented", 5: "refused", 6: "yxdomain",
	7: "yxrrset", 8: "nxrrset", 9: "notauth", 10: "notzone", 16: "badsig", 17: "badkey", 18: "badtime",
})

// dnssecAlgorithms names DNSSEC algorithms (IANA, RFC 8624), dnssecDigests the digests of DS records.
var (
	dnssecAlgorithms = packet.Named(map[uint64]string{
		1: "RSA/MD5", 2: "Diffie-Hellman", 3: "DSA/SHA-1", 5: "RSA/SHA-1", 6: "DSA-NSEC3-SHA1", 7: "RSASHA1-NSEC3-SHA1",
		8: "RSA/SHA-256", 10: "RSA/SHA-512", 12: "GOST R 34.10-2001", 13: "ECDSA Curve P-256 with SHA-256",
		14: "ECDSA Curve P-384 with SHA-384", 15: "ED25519", 16: "ED448",
	})
	dnssecDigests = packet.Named(map[uint64]string{1: "SHA-1", 2: "SHA-256", 3: "GOST R 34.11-94", 4: "SHA-384"})
)
