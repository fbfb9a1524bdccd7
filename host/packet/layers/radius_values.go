package layers

// radiusEnums names the values of attributes (RFC 2865, RFC 2866, RFC 2869, RFC 5176, RFC 5607).
var radiusEnums = map[uint64]map[uint64]string{
	6: {1: "Login", 2: "Framed", 3: "Callback Login", 4: "Callback Framed", 5: "Outbound", 6: "Administrative", 7: "NAS Prompt",
		8: "Authenticate Only", 9: "Callback NAS Prompt", 10: "Call Check", 11: "Callback Administrative", 17: "Authorize Only", 18: "Framed-Management"},
	7:  {1: "PPP", 2: "SLIP", 3: "ARAP", 4: "Gandalf", 5: "Xylogics", 6: "X.75 Synchronous", 7: "GPRS PDP Context"},
	10: {0: "None", 1: "Send routing packets", 2: "Listen for routing packets", 3: "Send and Listen"},
	13: {0: "None", 1: "VJ TCP/IP header compression", 2: "IPX header compression", 3: "Stac-LZS compression"},
	15: {0: "Telnet", 1: "Rlogin", 2: "TCP Clear", 3: "PortMaster", 4: "LAT", 5: "X25-PAD", 6: "X25-T3POS", 8: "TCP Clear Quiet"},
	29: {0: "Default", 1: "RADIUS-Request"},
	40: {1: "Start", 2: "Stop", 3: "Interim-Update", 7: "Accounting-On", 8: "Accounting-Off", 9: "Tunnel-Start", 10: "Tunnel-Stop",
		11: "Tunnel-Reject", 12: "Tunnel-Link-Start", 13: "Tunnel-Link-Stop", 14: "Tunnel-Link-Reject", 15: "Failed"},
	45: {1: "RADIUS", 2: "Local", 3: "Remote", 4: "Diameter"},
	49: {1: "User Request", 2: "Lost Carrier", 3: "Lost Service", 4: "Idle Timeout", 5: "Session Timeout", 6: "Admin Reset", 7: "Admin Reboot",
		8: "Port Error", 9: "NAS Error", 10: "NAS Request", 11: "NAS Reboot", 12: "Port Unneeded", 13: "Port Preempted", 14: "Port Suspended",
		15: "Service Unavailable", 16: "Callback", 17: "User Error", 18: "Host Request", 19: "Supplicant Restart",
		20: "Reauthentication Failure", 21: "Port Reinitialized", 22: "Port Administratively Disabled", 23: "Lost Power"},
	61: {0: "Async", 1: "Sync", 2: "ISDN Sync", 3: "ISDN Async V.120", 4: "ISDN Async V.110", 5: "Virtual", 15: "Ethernet", 16: "xDSL",
		17: "Cable", 18: "Wireless - Other", 19: "Wireless - IEEE 802.11", 20: "Token-Ring", 21: "FDDI", 27: "Wireless - IEEE 802.16",
		32: "PPPoEoE", 33: "PPPoEoVLAN", 34: "PPPoEoQinQ", 35: "xPON"},
	72: {1: "Only allow access to default zone", 2: "Use zone filter inclusively", 4: "Use zone filter exclusively"},
	76: {0: "No Echo", 1: "Echo"},
	101: {201: "Residual Session Context Removed", 202: "Invalid EAP Packet (Ignored)", 401: "Unsupported Attribute", 402: "Missing Attribute",
		403: "NAS Identification Mismatch", 404: "Invalid Request", 405: "Unsupported Service", 406: "Unsupported Extension",
		407: "Invalid Attribute Value", 501: "Administratively Prohibited", 502: "Request Not Routable (Proxy)", 503: "Session Context Not Found",
		504: "Session Context Not Removable", 505: "Other Proxy Processing Error", 506: "Resources Unavailable", 507: "Request Initiated",
		508: "Multiple Session Selection Unsupported", 509: "Location-Info-Required", 601: "Response Too Big"},
	133: {1: "SNMP", 2: "Web-based", 3: "NETCONF", 4: "FTP", 5: "TFTP", 6: "SFTP", 7: "RCP", 8: "SCP"},
	134: {1: "No-Protection", 2: "Integrity-Protection", 3: "Integrity-Confidentiality-Protection"},
}

// radiusTagged names the values of tunnel attributes, which stand behind a tag (RFC 2868 section 3).
var radiusTagged = map[uint64]map[uint64]string{
	64: {1: "PPTP", 2: "L2F", 3: "L2TP", 4: "ATMP", 5: "VTP", 6: "AH", 7: "IP-IP", 8: "MIN-IP-IP", 9: "ESP", 10: "GRE", 11: "DVS", 12: "IP-in-IP", 13: "VLAN"},
	65: {1: "IPv4", 2: "IPv6", 3: "NSAP", 4: "HDLC", 5: "BBN 1822", 6: "802", 7: "E.163", 8: "E.164", 9: "F.69", 10: "X.121", 11: "IPX",
		12: "Appletalk", 13: "Decnet IV", 14: "Banyan Vines", 15: "E.164 with NSAP"},
}
