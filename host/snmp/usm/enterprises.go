package usm

// enterprises are those whose engines one meets, by their numbers at IANA.
var enterprises = map[uint32]string{
	2: "IBM", 9: "Cisco", 11: "Hewlett-Packard", 36: "DEC", 42: "Sun", 43: "3Com", 45: "SynOptics", 63: "Apple", 94: "Nokia",
	116: "Hitachi", 119: "NEC", 161: "Motorola", 171: "D-Link", 193: "Ericsson", 207: "Allied Telesis", 211: "Fujitsu", 232: "Compaq",
	236: "Samsung", 253: "Xerox", 311: "Microsoft", 318: "APC", 343: "Intel", 367: "Ricoh", 476: "Vertiv", 534: "Eaton",
	637: "Alcatel", 641: "Lexmark", 674: "Dell", 789: "NetApp", 850: "Tripp Lite", 890: "Zyxel", 1248: "Epson", 1347: "Kyocera",
	1588: "Brocade", 1602: "Canon", 1872: "Alteon", 1916: "Extreme Networks", 1991: "Foundry", 2011: "Huawei", 2021: "UCD-SNMP",
	2272: "Rapid City", 2352: "Redback", 2435: "Brother", 2544: "ADVA", 2620: "Check Point", 2636: "Juniper", 3076: "Altiga", 3224: "NetScreen",
	3375: "F5", 3417: "Blue Coat", 3808: "CyberPower", 3902: "ZTE", 4413: "Broadcom", 4526: "Netgear", 4881: "Ruijie", 5624: "Enterasys",
	5771: "Cisco", 5951: "Citrix NetScaler", 6027: "Force10", 6141: "Ciena", 6486: "Alcatel-Lucent", 6527: "Nokia (TiMetra)",
	6574: "Synology", 6876: "VMware", 8072: "net-snmp", 8741: "SonicWall", 10002: "Ubiquiti (Frogfoot)", 10704: "Barracuda", 11863: "TP-Link",
	12356: "Fortinet", 14179: "Airespace", 14823: "Aruba", 14988: "MikroTik", 17163: "Riverbed", 20408: "PySNMP", 24681: "QNAP",
	25053: "Ruckus", 25461: "Palo Alto Networks", 25506: "H3C", 26928: "Aerohive", 29671: "Meraki", 30065: "Arista", 32473: "example (RFC 5612)",
	33049: "Mellanox", 40310: "Cumulus", 41112: "Ubiquiti", 47196: "Hewlett Packard Enterprise",
}
