-- title: Who has 10.0.0.2?
-- about: the MAC address behind an IP address: a question that everybody on the link hears, and an answer for who asked alone
-- needs: raw on IFACE to IP
-- lab:   pair on h1
-- arg:   ip address = 10.0.0.2 | whose MAC address
-- shows:
--   02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff  who-has   sender 02:00:00:00:00:01 10.0.0.1, target 00:00:00:00:00:00 10.0.0.2
--   02:00:00:00:00:02 > 02:00:00:00:00:01  is-at     sender 02:00:00:00:00:02 10.0.0.2, target 02:00:00:00:00:01 10.0.0.1
--   10.0.0.2 is at 02:00:00:00:00:02 (0.1 ms)
--
--   0000  02 00 00 00 00 01        ......    eth.dst 02:00:00:00:00:01
--   0006  02 00 00 00 00 02        ......    eth.src 02:00:00:00:00:02
--   000c  08 06                    ..        eth.type ARP (0x806)
--   000e  00 01                    ..        arp.hwtype Ethernet (10Mb) (1)
--   0010  08 00                    ..        arp.ptype IPv4 (0x800)
--   0012  06                       .         arp.hwlen 6
--   0013  04                       .         arp.plen 4
--   0014  00 02                    ..        arp.op is-at (2)
--   0016  02 00 00 00 00 02        ......    arp.hwsrc 02:00:00:00:00:02
--   001c  0a 00 00 02              ....      arp.psrc 10.0.0.2
--   0020  02 00 00 00 00 01        ......    arp.hwdst 02:00:00:00:00:01
--   0026  0a 00 00 01              ....      arp.pdst 10.0.0.1
--
--   10.0.0.2 is at 02:00:00:00:00:02
--
--    asker                                  10.0.0.2
--      |---------- who has 10.0.0.2? ---------->|
--      |<--- 10.0.0.2 is at 02:00:00:00:00:02 --|
--      |---------- who has 10.0.0.2? ---------->|
--      |<--- 10.0.0.2 is at 02:00:00:00:00:02 --|
-- see:   RFC 826; RFC 5227; tutorial/08_mac_addresses; recipes/arp_scan
-- categories: tutorial, link, arp

local arp, ladder, link, packet = require "arp", require "ladder", require "link", require "packet"
local script = require "script"
local ip = script.args().ip
local l = assert(link.open(nil, {to = ip, filter = "arp"}))

-- By hand: the question goes to the MAC address of everybody. Who asks fills in its own addresses (the link does that here)
-- and leaves the one in question at zero; who has the IP address answers with all four, straight back.
local question = packet.eth{dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", pdst = ip}
local r = assert(l:exchange(question, {timeout = 1, retry = 2}))
local first = r.answered[1]
if not first then script.nothing_found(ip .. " doesn't answer") end
local asked, said = first.sent, first.received
for _, p in ipairs{asked, said} do
  print(("%s > %s  %-8s  sender %s %s, target %s %s"):format(p.eth.src, p.eth.dst, p:text("arp.op"), p.arp.hwsrc, p.arp.psrc,
    p.arp.hwdst, p.arp.pdst))
end
print(("%s is at %s (%.1f ms)\n"):format(ip, said.arp.hwsrc, first.rtt * 1000))
said:hexdump()

-- The same in one call; and what was seen meanwhile. The second answer comes as fast: nobody but the kernel keeps a cache.
local a = assert(arp.open(l:interface().name))
print("\n" .. ip .. " is at " .. assert(a:resolve(ip)))
a:close()
print("\n" .. ladder.packets(l:capture{timeout = 0.1}, {names = {[asked.arp.psrc] = "asker"}, actors = {"asker", ip}}))
l:close()
