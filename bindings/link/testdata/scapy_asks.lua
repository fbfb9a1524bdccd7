-- what Scapy asks an address that only the script has is answered
local l = assert(link.open("eth0"))
local MAC = "02:00:00:00:00:50"
local ours = "(arp and arp[24:4] == 0x0a000032) or (dst host 10.0.0.50 and (icmp or tcp[tcpflags] == tcp-syn or udp)) or " ..
  "(icmp6 and ip6[40] == 135 and ip6[60:4] == 0x50) or (dst host fd00::50 and icmp6 and ip6[40] == 128)"
task.daemon(function()
  l:respond(ours, function(q)
    if q.arp then return q:reply{hwsrc=MAC} end
    if q.icmp6 and q.icmp6.type == 135 then
      return packet.eth{src=MAC} / packet.ipv6{src="fd00::50", dst=q.ipv6.src, hlim=255} /
        packet.icmp6{type="na", tgt="fd00::50", S=1, O=1, options={{"dst_lladdr", MAC}}}
    end
    local a = q:reply()
    if q.dns then a = a / packet.dns{id=q.dns.id, qr=1, qd=q.dns.qd, an={{rrname="a.example.", type="A", rdata="192.0.2.7"}}} end
    return a
  end)
end)
local said = peer.run()
said == "arp 02:00:00:00:00:50\nping 5 0 data\ntcp SA 101\ndns 192.0.2.7\nping6 1\n" or said  --> true
