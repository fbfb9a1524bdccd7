-- title: Sound that can't wait
-- about: a tone goes out in datagrams. A lost one isn't sent again: it would come too late. Each carries a coarse
--        copy of its neighbours instead, which fills the gap. The same sound over TCP stands still
-- needs: write WAV
-- arg:   loss number 0..0.9 = 0.15 | share of datagrams lost
-- arg:   luck integer 1.. = 37 | which ones: the same number, the same fate
-- arg:   wav file = tone.wav | where to write what was heard
-- shows:
--   each sign 20 ms: = played, c filled in from a neighbour, . nothing to play
--   udp =====cc======c==c=======c===========c========================c==c..c===c===
--   tcp ===........................=======================..=================================================
--   udp lost 12 of 75 datagrams; tcp lost none, and was 520 ms late at the end
--   signal to noise: 7.9 dB with silence in the gaps, 15.1 dB with the coarse copies
--
--    mouth                  ear
--      |----- frame 1 ------>|
--      |----- frame 2 ------>|
--      |----- frame 3 ------>|
--      |----- frame 4 ------>|
--      |----- frame 5 ------>|
--      |-- frame 6 --x       |
--      |-- frame 7 --x       |
--      |----- frame 8 ------>|
--      |----- frame 9 ------>|
--      |----- frame 10 ----->|
-- see:   RFC 2198; RFC 6298; tutorial/06_udp_reliable
-- categories: tutorial, udp

local bytes, framing, lab, ladder = require "bytes", require "framing", require "lab", require "ladder"
local script, socket, task, wav = require "script", require "socket", require "task", require "wav"
local args = script.args()
local RATE, SIZE, FRAMES = 8000, 160, 75 -- samples a second, samples in a datagram, datagrams
local STEP, DELAY = SIZE / RATE, 0.15    -- seconds: a datagram's length, and how long the player waits before it starts
local COARSE = 4                         -- a coarse copy has every fourth sample, in one byte instead of two
local FORMAT = "!1>I2" .. ("i2"):rep(SIZE) .. ("i1"):rep(SIZE / COARSE * 2)

local function tone(frame)
  local samples = {}
  for i = 1, SIZE do samples[i] = math.floor(12000 * math.sin(2 * math.pi * 440 * (frame * SIZE + i) / RATE)) end
  return samples
end

-- A datagram: its number, its samples, the coarse copies of the one before it and the one after it.
local said, datagrams = {}, {}
for frame = 0, FRAMES + 1 do said[frame] = tone(frame) end
for frame = 1, FRAMES do
  local values = {unpack(said[frame])}
  for _, neighbour in ipairs{said[frame - 1], said[frame + 1]} do
    for i = 1, SIZE, COARSE do values[#values + 1] = math.floor(neighbour[i] / 256) end
  end
  datagrams[frame] = bytes.pack(FORMAT, frame, unpack(values))
end

local function speak(send)
  local start = socket.gettime()
  for frame = 1, FRAMES do
    send(datagrams[frame])
    task.sleep(math.max(0, start + frame * STEP - socket.gettime()))
  end
end

-- play plays a frame each STEP. What isn't there by then is taken from a neighbour; or, since TCP will bring it, waited
-- for. `come` has the datagrams by number, as they come.
local function play(come, waits)
  local played, line, start = {}, "", socket.gettime() + DELAY
  while #played < FRAMES do
    task.sleep(math.max(0, start + #line * STEP - socket.gettime()))
    local n = #played + 1
    local own, spare = come[n], not waits and (come[n + 1] or come[n - 1])
    if own or not waits then played[n] = {own = own, after = come[n + 1], before = come[n - 1]} end
    line = line .. (own and "=" or spare and "c" or ".")
  end
  return {played = played, line = line}
end

-- refine turns the coarse copy that begins at `first` into samples: those between lie on a straight line.
local function refine(values, first)
  local samples, last = {}, first + SIZE / COARSE - 1
  for i = 0, SIZE - 1 do
    local at = first + math.floor(i / COARSE)
    local here, there = values[at], values[math.min(at + 1, last)]
    samples[i + 1] = math.floor((here + (there - here) * (i % COARSE) / COARSE) * 256 + 128)
  end
  return samples
end

local SILENCE = {}
for i = 1, SIZE do SILENCE[i] = 0 end

-- sound is what a frame sounded like, with or without its neighbours' help.
local function sound(frame, concealed)
  local from = frame.own or concealed and (frame.after or frame.before)
  if not from then return SILENCE end
  local values = {bytes.unpack(FORMAT, from)}
  if frame.own then return {unpack(values, 2, SIZE + 1)} end
  return refine(values, frame.after and SIZE + 2 or SIZE + 2 + SIZE / COARSE)
end

local function decibels(played, concealed)
  local signal, noise = 0, 0
  for n, frame in ipairs(played) do
    local now = sound(frame, concealed)
    for i = 1, SIZE do signal, noise = signal + said[n][i] ^ 2, noise + (said[n][i] - now[i]) ^ 2 end
  end
  return 10 * math.log10(signal / noise)
end

local function number(datagram) return (bytes.unpack(">I2", datagram)) end

-- network makes two hosts on a wire that loses what the mouth sends, each time the same. It is good as long as it takes to find
-- the MAC addresses.
local function network()
  local net = lab{"mouth -- ear", seed = args.luck}
  net.mouth:run(function() socket.udp4():sendto("", net.ear.address, 9) end)
  task.sleep(0.01)
  net:link("mouth--ear"):impair{from = "mouth", loss = args.loss, delay = 0.02}
  return net
end

local function over_udp()
  local net = network()
  local ear, mouth, come, events = net.ear:run(socket.udp4), net.mouth:run(socket.udp4), {}, {}
  assert(ear:setsockname("*", 7000))
  assert(mouth:setpeername(net.ear.address, 7000))
  local frames = net:sniff("mouth--ear", {filter = "udp", lost = true})
  task.daemon(function()
    for datagram in function() return ear:receivefrom() end do come[number(datagram)] = datagram end
  end)
  task.daemon(speak, function(datagram) mouth:send(datagram) end)
  local result = play(come, false)
  result.lost, result.events = net:link("mouth--ear"):stats().mouth.lost, events
  for p, meta in frames do
    events[#events + 1] = {from = "mouth", to = "ear", label = "frame " .. number(p.raw.load), lost = meta.drop ~= nil}
    if #events == 10 then break end
  end
  return result
end

local function over_tcp()
  local net = network()
  local listener = net.ear:run(socket.bind, "*", 7000)
  local mouth, way, come = net.mouth:run(socket.connect, net.ear.address, 7000), framing.prefixed(2), {}
  local ear = assert(listener:accept())
  task.daemon(function()
    for datagram in way:reader(ear):messages() do come[number(datagram)] = datagram end
  end)
  local writer = way:writer(mouth)
  task.daemon(speak, function(datagram) writer:write(datagram) end)
  return play(come, true)
end

local r = task.all{udp = over_udp, tcp = over_tcp}
print("each sign 20 ms: = played, c filled in from a neighbour, . nothing to play")
print("udp " .. r.udp.line)
print("tcp " .. r.tcp.line)
print(("udp lost %d of %d datagrams; tcp lost none, and was %.0f ms late at the end"):format(r.udp.lost, FRAMES,
  (#r.tcp.line - FRAMES) * STEP * 1000))
print(("signal to noise: %.1f dB with silence in the gaps, %.1f dB with the coarse copies"):format(
  decibels(r.udp.played, false), decibels(r.udp.played, true)))
local heard = {}
for _, frame in ipairs(r.udp.played) do
  for _, sample in ipairs(sound(frame, true)) do heard[#heard + 1] = sample end
end
assert(wav.write(args.wav, heard, RATE))
print("\n" .. ladder.draw({unpack(r.udp.events, 1, 10)}, {actors = {"mouth", "ear"}}))
