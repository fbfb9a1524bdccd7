package pcap

import (
	"strconv"
	"strings"
	"sync"
)

// linkTypes are the link types that people meet (tcpdump.org/linktypes.html): number, tcpdump's name, what it is.
const linkTypes = `0 NULL BSD loopback
1 EN10MB Ethernet
3 AX25 AX.25
6 IEEE802 Token Ring
7 ARCNET ARCNET
8 SLIP Serial Line IP
9 PPP Point-to-Point Protocol
10 FDDI FDDI
50 PPP_SERIAL PPP over a serial line
51 PPP_ETHER PPPoE session
100 ATM_RFC1483 ATM with LLC
101 RAW IP without a link layer
104 C_HDLC Cisco HDLC
105 IEEE802_11 Wi-Fi
107 FRELAY Frame Relay
108 LOOP OpenBSD loopback
109 ENC OpenBSD IPsec
113 LINUX_SLL Linux cooked
114 LTALK LocalTalk
117 PFLOG OpenBSD firewall log
119 PRISM_HEADER Wi-Fi with Prism header
122 IP_OVER_FC IP over Fibre Channel
127 IEEE802_11_RADIO Wi-Fi with radiotap header
138 APPLE_IP_OVER_IEEE1394 IP over FireWire
139 MTP2_WITH_PHDR SS7 MTP2 with pseudo-header
140 MTP2 SS7 MTP2
141 MTP3 SS7 MTP3
142 SCCP SS7 SCCP
143 DOCSIS cable modem
144 LINUX_IRDA Linux infrared
163 IEEE802_11_RADIO_AVS Wi-Fi with AVS header
165 BACNET_MS_TP BACnet MS/TP
166 PPP_PPPD PPP with a direction
169 GPRS_LLC GPRS LLC
177 LINUX_LAPD Linux LAPD
187 BLUETOOTH_HCI_H4 Bluetooth HCI
189 USB_LINUX Linux USB
192 PPI per-packet information
195 IEEE802_15_4 IEEE 802.15.4
197 ERF Endace ERF
201 BLUETOOTH_HCI_H4_WITH_PHDR Bluetooth HCI with a direction
219 MPLS MPLS label
220 USB_LINUX_MMAPPED Linux USB, padded
226 IPNET Solaris ipnet
227 CAN_SOCKETCAN CAN bus
228 IPV4 IPv4 without a link layer
229 IPV6 IPv6 without a link layer
230 IEEE802_15_4_NOFCS IEEE 802.15.4 without FCS
231 DBUS D-Bus
239 NFLOG Linux netfilter log
240 NETANALYZER netANALYZER
242 IPOIB IP over InfiniBand
243 MPEG_2_TS MPEG-2 transport stream
247 INFINIBAND InfiniBand
248 SCTP SCTP without a lower layer
249 USBPCAP USBPcap
251 BLUETOOTH_LE_LL Bluetooth Low Energy
253 NETLINK Linux netlink
254 BLUETOOTH_LINUX_MONITOR Bluetooth Linux monitor
256 BLUETOOTH_LE_LL_WITH_PHDR Bluetooth Low Energy with pseudo-header
258 PKTAP Apple PKTAP
266 USB_DARWIN macOS USB
268 SDLC SDLC
271 VSOCK Linux vsock
272 NORDIC_BLE Nordic Bluetooth Low Energy sniffer
274 ETHERNET_MPACKET Ethernet fragments (802.3br)
276 LINUX_SLL2 Linux cooked, version 2
279 EBHSCR Elektrobit EBHSCR
283 IEEE802_15_4_TAP IEEE 802.15.4 with pseudo-header
288 USB_2_0 USB as on the cable
147 USER0 private use 0
148 USER1 private use 1
149 USER2 private use 2
150 USER3 private use 3
151 USER4 private use 4
152 USER5 private use 5
153 USER6 private use 6
154 USER7 private use 7
155 USER8 private use 8
156 USER9 private use 9
157 USER10 private use 10
158 USER11 private use 11
159 USER12 private use 12
160 USER13 private use 13
161 USER14 private use 14
162 USER15 private use 15
`

// A linkType is a row of that table.
type linkType struct {
	number      int
	name, title string
}

// linkTable is the table read, by number and by name in lower case.
var linkTable = sync.OnceValues(func() (map[int]linkType, map[string]linkType) {
	byNumber, byName := map[int]linkType{}, map[string]linkType{}
	for line := range strings.Lines(linkTypes) {
		words := strings.SplitN(strings.TrimSpace(line), " ", 3)
		number, _ := strconv.Atoi(words[0])
		t := linkType{number, words[1], words[2]}
		byNumber[number], byName[strings.ToLower(t.name)] = t, t
	}
	for alias, name := range map[string]string{"ethernet": "en10mb", "eth": "en10mb", "ip": "raw", "sll": "linux_sll", "sll2": "linux_sll2",
		"wifi": "ieee802_11", "radiotap": "ieee802_11_radio", "loopback": "null"} {
		byName[alias] = byName[name]
	}
	return byNumber, byName
})

// LinkTypeName is tcpdump's name of a link type, or its number.
func LinkTypeName(n int) string {
	byNumber, _ := linkTable()
	if t, ok := byNumber[n]; ok {
		return t.name
	}
	return strconv.Itoa(n)
}

// LinkTypeTitle says in words what a link type is.
func LinkTypeTitle(n int) string {
	byNumber, _ := linkTable()
	if t, ok := byNumber[n]; ok {
		return t.title
	}
	return "link type " + strconv.Itoa(n)
}

// LinkTypeNamed finds a link type by its name in tcpdump, with or without DLT_ or LINKTYPE_, or by its number.
func LinkTypeNamed(name string) (int, bool) {
	if n, err := strconv.ParseUint(name, 10, 16); err == nil {
		return int(n), true
	}
	_, byName := linkTable()
	name = strings.ToLower(name)
	t, ok := byName[strings.TrimPrefix(strings.TrimPrefix(name, "dlt_"), "linktype_")]
	return t.number, ok
}

// LinkTypeNames are all names, for messages and completion.
func LinkTypeNames() []string {
	_, byName := linkTable()
	names := make([]string, 0, len(byName))
	for name := range byName {
		names = append(names, name)
	}
	return names
}
