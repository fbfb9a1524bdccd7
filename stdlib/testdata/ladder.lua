-- Notes, arrows both ways, dotted and lost ones. The runner reads an arrow in a test as its own: here it's drawn with =.
local expect = require "expect"
local ladder = require "ladder"
expect(ladder.draw({
  {at = "a", label = "starts"},
  {from = "a", to = "b", label = "hello"},
  {from = "b", to = "a", label = "hello"},
  {from = "a", to = "b", label = "SYN", dotted = true},
  {from = "a", to = "b", label = "gone", lost = true},
  {from = "b", to = "a", label = "gone", lost = true},
  {at = "b", label = "ends, with a long note that needs no room"},
}, {actors = {"a", "b"}}):gsub("-", "=")):to_be([[
 a                    b
 | starts             |
 |====== hello ======>|
 |<====== hello ======|
 |. . . . SYN . . . .>|
 |== gone ===x        |
 |        x=== gone ==|
 |                    | ends, with a long note that needs no room]])
---
-- The columns are as far apart as labels need; times are milliseconds since the first event.
local expect = require "expect"
local ladder = require "ladder"
expect(ladder.draw({
  {at = "first", label = "x", time = 100},
  {from = "first", to = "third", label = "past the second one, without a stop", time = 100.0015},
}, {actors = {"first", "second", "third"}, times = true}):gsub("-", "=")):to_be([[
             first                 second                  third
    0.0 ms     | x                    |                      |
    1.5 ms     |=== past the second one, without a stop ====>|]])
---
-- Nothing to draw, strange bytes, misuse.
local expect = require "expect"
local ladder = require "ladder"
expect(ladder.draw{}):to_be("")
expect(ladder.draw{{at = "a", label = "\0\n"}}):to_contain("| \\000\\010")
expect(function() ladder.draw() end):to_raise("bad argument #1 to 'ladder.draw' (table expected, got nil)")
expect(function() ladder.draw({}, {time = true}) end):to_raise("did you mean 'times'?")
---
-- A recorded conversation, with the segments that its calls cause.
local expect = require "expect"
local ladder = require "ladder"
local S, C = "127.0.0.1:7", "127.0.0.1:50001"
local calls = {
  {time = 0, call = "listen", class = "tcp{server}", here = S},
  {time = 0, call = "connect", class = "tcp{client}", here = C, peer = S},
  {time = 0, call = "accept", class = "tcp{server}", here = S, peer = C},
  {time = 0, call = "send", class = "tcp{client}", here = C, peer = S, bytes = 3, data = "hi\n"},
  {time = 0, call = "receive", class = "tcp{client}", here = S, peer = C, bytes = 2, data = "hi"},
  {time = 0, call = "send", class = "tcp{client}", here = S, peer = C, bytes = 40, data = ("x"):rep(40)},
  {time = 0, call = "receive", class = "tcp{client}", here = C, peer = S, bytes = 0, error = "timeout"},
  {time = 0, call = "shutdown", class = "tcp{client}", here = C, peer = S, what = "send"},
  {time = 0, call = "close", class = "tcp{client}", here = C, peer = S},
  {time = 0, call = "close", class = "tcp{server}", here = S},
}
expect(ladder.sockets(calls, {actors = {"client", "server"}}):gsub("-", "=")):to_be([[
 client                     server
   |                           | listen
   | connect                   |
   | . . . . . SYN . . . . . .>|
   |< . . . . SYN, ACK . . . . |
   | . . . . . ACK . . . . . .>|
   |                           | accept
   |== send 3 bytes "hi\n" ===>|
   |                           | receive 2 bytes "hi"
   |<====== send 40 bytes =====|
   | receive: timeout          |
   | shutdown send             |
   | . . . . . FIN . . . . . .>|
   |<. . . . . . ACK . . . . . |
   | close                     |
   |                           | close]])
---
-- A refused connection ends in a reset; datagrams have no handshake.
local expect = require "expect"
local ladder = require "ladder"
local refused = ladder.sockets{
  {time = 0, call = "connect", class = "tcp{master}", here = "h:1", peer = "h:2", error = "connection refused"}}
expect(refused):to_contain("RST")
expect(refused).never:to_contain("ACK")
local datagrams = ladder.sockets({
  {time = 0, call = "sendto", class = "udp{unconnected}", here = "h:1", peer = "h:2", bytes = 1, data = "x"},
  {time = 0, call = "close", class = "udp{unconnected}", here = "h:1"},
}, {names = {[1] = "one", ["h:2"] = "two"}})
expect(datagrams):to_match('one .* two\n.*%-%- send 1 byte "x" %-.*>|\n.*close')
expect(datagrams).never:to_contain("FIN")
---
-- Calls that were recorded too late stand where their effects show that they belong.
local expect = require "expect"
local order = require "ladder.order"
local S, C = "h:1", "h:2"
local connect = {call = "connect", here = C, peer = S}
local accept = {call = "accept", here = S, peer = C}
local send = {call = "send", here = C, peer = S, bytes = 4}
local receive = {call = "receive", here = S, peer = C, bytes = 4}
local close = {call = "close", here = C, peer = S}
local ended = {call = "receive", here = S, peer = C, error = "closed"}
local function is_order(trace)
  for i, call in ipairs(order(trace)) do
    expect(call):to_be(({connect, accept, send, receive, close, ended})[i])
  end
end
is_order{connect, accept, send, receive, close, ended}
is_order{accept, connect, receive, send, ended, close}
---
-- socket.trace gives what ladder.sockets takes.
local expect = require "expect"
local ladder = require "ladder"
local socket = require "socket"
local calls = require "socket.trace".start()
local listener = assert(socket.bind("127.0.0.1", 0))
local host, port = listener:getsockname()
local client = assert(socket.connect(host, port))
local server = assert(listener:accept())
client:send("hello\n")
server:receive()
client:close()
server:receive()
server:close()
local text = ladder.sockets(calls, {actors = {"client", "server"}})
for _, part in ipairs{"| bind", "| listen", "SYN, ACK", "| accept", '-- send 6 bytes "hello\\n" -', '| receive 5 bytes "hello"',
  "FIN", "| receive: closed"} do
  expect(text):to_contain(part)
end
---
-- Captured packets: ARP between hosts, errors by their names, TCP's numbers from 0 on, parts of a datagram.
local expect = require "expect"
local ladder = require "ladder"
local packet = require "packet"
local eth, ip, arp, icmp, tcp, udp = packet.eth, packet.ip, packet.arp, packet.icmp, packet.tcp, packet.udp
local A, B = "10.0.0.1", "10.0.0.2"
local function there() return eth{} / ip{src = A, dst = B} end
local function back() return eth{} / ip{src = B, dst = A} end
local list = {
  eth{} / arp{op = "who-has", psrc = A, pdst = B},
  eth{} / arp{op = "is-at", psrc = B, pdst = A, hwsrc = "02:00:00:00:00:02"},
  there() / icmp{type = "echo-request", seq = 7},
  back() / icmp{type = "dest-unreach", code = 4, nexthopmtu = 1300} / (ip{src = A, dst = "10.0.0.9"} / udp{}),
  there() / tcp{sport = 9, dport = 80, flags = "S", seq = 4294967295},
  back() / tcp{sport = 80, dport = 9, flags = "SA", seq = 5000, ack = 0},
  there() / tcp{sport = 9, dport = 80, flags = "PA", seq = 0, ack = 5001} / "GET",
  eth{} / ip{src = A, dst = B, id = 0xbeef, flags = "MF", frag = 160} / ("x"):rep(16),
  back() / udp{sport = 53, dport = 1024} / "x",
}
local built = {}
for i, p in ipairs(list) do built[i] = {packet.decode(p:bytes()), {sec = 1e9, nsec = i * 1e6}} end
local drawn = ladder.packets(built, {names = {[A] = "client", [B] = "server"}, times = true})
expect(drawn:gsub("%-", "=")):to_be([[
            client                                      server
    0.0 ms     |=========== who has 10.0.0.2? ============>|
    1.0 ms     |<==== 10.0.0.2 is at 02:00:00:00:00:02 ====|
    2.0 ms     |============= echo request 7 =============>|
    3.0 ms     |<===== fragmentation needed, MTU 1300 =====|
    4.0 ms     |=============== SYN seq 0 ================>|
    5.0 ms     |<========== SYN, ACK seq 0 ack 1 ==========|
    6.0 ms     |====== PSH, ACK seq 1 ack 1 3 bytes ======>|
    7.0 ms     |== fragment 0xbeef, bytes 1280 to 1295 ===>|
    8.0 ms     |<============ 53 > 1024, 1 byte ===========|]])
---
-- What is no IP goes by its MAC addresses, what has no address yet too.
local expect = require "expect"
local ladder = require "ladder"
local packet = require "packet"
local me = "02:00:00:00:00:07"
local list = {
  packet.eth{src = me, dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", psrc = "0.0.0.0", pdst = "10.0.0.2", hwsrc = me},
  packet.eth{src = me, dst = "ff:ff:ff:ff:ff:ff"} / packet.arp{op = "who-has", psrc = "10.0.0.2", pdst = "10.0.0.2", hwsrc = me},
  packet.eth{src = me, dst = "ff:ff:ff:ff:ff:ff", type = 0x1234} / "?",
}
local drawn = ladder.packets(list)
expect(drawn):to_match("^ *02:00:00:00:00:07 +10.0.0.2 +everybody\n")
expect(drawn):to_contain("10.0.0.2 is mine")
---
-- SVG has the same labels, each escaped.
local expect = require "expect"
local ladder = require "ladder"
local drawn = ladder.draw({{from = "a", to = "b", label = '<&"\0'}, {at = "b", label = "then"}, {from = "b", to = "a", label = "lost", lost = true}},
  {format = "svg", times = true})
expect(drawn):to_match("^<svg .*</svg>$")
expect(drawn):to_contain("&lt;&amp;&quot;\\000</text>")
expect(function() ladder.draw({}, {format = "pdf"}) end):to_raise("text or svg expected, got pdf")
expect(function() ladder.packets() end):to_raise("bad argument #1 to 'ladder.packets' (table expected, got nil)")
---
-- A capture file is drawn by its name.
local expect = require "expect"
local ladder = require "ladder"
local packet = require "packet"
local name = os.tmpname()
local file = assert(require "pcap".create(name))
file:write(packet.eth{} / packet.ip{src = "10.0.0.1", dst = "10.0.0.2"} / packet.icmp{seq = 1}, {time = 1e9})
file:close()
expect(ladder.packets(name, {actors = {"10.0.0.1"}})):to_contain("- echo request 1 -")
expect(ladder.packets(name)):to_match("^ 10.0.0.1 +10.0.0.2\n")
os.remove(name)
---
-- Messages of DHCP go by their kind and their address; who has no address yet goes by its MAC address.
local ladder = require "ladder"
local packet = require "packet"
local ME, SERVER = "02:00:00:00:00:07", "02:00:00:00:00:01"
local function message(from, to, ip, ports, fields)
  return packet.eth{src = from, dst = to} / packet.ip(ip) / packet.udp(ports) / packet.dhcp(fields)
end
local function asks(options) return message(ME, "ff:ff:ff:ff:ff:ff", {src = "0.0.0.0", dst = "255.255.255.255"}, {sport = 68, dport = 67},
  {chaddr = ME, options = options}) end
local drawn = ladder.packets({
  asks{{"message-type", "discover"}, "end"},
  message(SERVER, ME, {src = "10.0.0.1", dst = "10.0.0.9"}, {sport = 67, dport = 68}, {op = 2, yiaddr = "10.0.0.9", options = {{"message-type", "offer"}, "end"}}),
  asks{{"message-type", "request"}, {"requested_addr", "10.0.0.9"}, "end"},
}, {names = {[ME] = "client", ["10.0.0.1"] = "server"}, actors = {"client", "server", "everybody"}})
local expect = require "expect"
expect(drawn):to_match("^ client +server +everybody\n +|%-+ discover %-+>|\n +|<%-+ offer 10.0.0.9 %-+| +|\n +|%-+ request 10.0.0.9 %-+>|$")
