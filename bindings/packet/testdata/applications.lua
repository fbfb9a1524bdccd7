-- dns: questions and records are lists of tables
local dns = packet.dns
local q = packet.ip{} / packet.udp{sport=1000} / dns{id=7, qd={{qname="example.org", qtype="A"}}}
q.dns.qd[1].qname, q.dns.qd[1].qtype, #q.dns.qd  --> example.org., 1, 1
q:build().dns.qdcount  --> 1
q.dns.an = {{rrname="example.org", type="MX", preference=10, exchange="mail.example.org"}, {rrname="example.org", rdata="192.0.2.1"}}
local a = packet.decode(q:bytes(), "ip")
a.dns.ancount, a.dns.an[1].exchange, a.dns.an[2].rdata  --> 2, mail.example.org., 192.0.2.1
a:bytes() == q:bytes()  --> true
tostring(a.dns)  --> dns query A example.org., 2 records
---
-- dns over tcp has a length
local p = packet.ip{} / packet.tcp{sport=1000} / packet.dns{}
p:build().dns_tcp.length, packet.decode(p:bytes(), "ip").dns.qd[1].qname  --> 33, www.example.com.
---
-- dns: misspelt entries
packet.dns{an={{type="MX", exchang="x"}}}  --> error: this one has 'exchang'
---
packet.dns{qd={{qname="a..b"}}}  --> error: labels of 1 to 63 bytes
---
-- dhcp: options by Scapy's names, by the RFC's and by number
local d = packet.udp{} / packet.dhcp{chaddr="02:00:00:00:00:01", options={{"message-type", "discover"}, {"domain name server", "10.0.0.1"}, {12, "pc"}, {"end"}}}
local o = packet.decode(d:bytes(), "udp").dhcp.options
o[1][2], o[2][1], o[2][2], o[3][1], o[3][2], o[4][1]  --> 1, name_server, 10.0.0.1, hostname, pc, end
d:build().udp.sport, d:build().udp.dport, d.dhcp.chaddr  --> 68, 67, 02:00:00:00:00:01
---
packet.dhcp{options={{"routre", "10.0.0.1"}}}  --> error: "routre" does not
---
-- dhcp6: options in options
local d = packet.dhcp6{trid=1, options={{optcode="IA_NA", iaid=7, ianaopts={{optcode="IAADDR", addr="fd00::9"}}}}}
local o = packet.decode(d:bytes(), "dhcp6").dhcp6.options[1]
o.optcode, o.iaid, o.ianaopts[1].addr, d.dhcp6.hopcount  --> 3, 7, fd00::9, nil
---
-- snmp: fields and variables
local s = packet.udp{} / packet.snmp{pdu="set", id=5, varbindlist={{oid="1.3.6.1.2.1.1.5.0", value="R2"}, {oid="1.3.6.1.2.1.2.2.1.10.1", type="Counter64", value=u64("18446744073709551615")}}}
s.snmp.community = "secret"
local r = packet.decode(s:bytes(), "udp").snmp
r.version, r.community, r.pdu, r.id, r.varbindlist[1].value, tostring(r.varbindlist[2].value)  --> 1, secret, 3, 5, R2, 18446744073709551615
---
packet.snmp{version="v9"}  --> error: snmp.version
---
packet.snmp{comunity="x"}  --> error: did you mean 'community'?
---
-- http: requests and responses
local h = packet.http{Path="/x", headers={{"Host", "example.org"}}} / "body"
h:bytes() == "GET /x HTTP/1.1\r\nHost: example.org\r\n\r\nbody"  --> true
local r = packet.decode("HTTP/1.1 404 Not Found\r\nServer: moon\r\n\r\n", "http").http
r.Status_Code, r.Reason_Phrase, r.headers[1][1], r.Method  --> 404, Not Found, Server, nil
---
-- tls: the name that a client asks for
local t = packet.tls{msg={{msgtype="client_hello", ciphers={0x1301}, ext={{type="server_name", servernames={"example.org"}}}}}}
local m = packet.decode(t:bytes(), "tls").tls.msg[1]
m.ciphers[1], m.ext[1].servernames[1], tostring(t.tls)  --> 4865, example.org, tls handshake client_hello to example.org
---
-- ntp: time stamps are u64
local n = packet.ntp{mode="client", sent=u64("16045690984833335023")}
tostring(packet.decode(n:bytes(), "ntp").ntp.sent), n.ntp.version  --> 16045690984833335023, 4
---
-- what only gopacket reads can't be built
packet.bfd{}  --> error: can be decoded and shown, but not built
