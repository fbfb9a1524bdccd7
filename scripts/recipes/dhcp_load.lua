-- title: DHCP load
-- about: how many leases a second a DHCP server gives, and how long it takes: many clients at a rate, with perfdhcp's figures; or the
--        highest rate of which it drops at most 2.5 %. Load is sent in labs and to private networks; --allow-net NET:67/udp adds others
-- needs: raw on IFACE to 10.0.0.0/8:67/udp from any; raw on IFACE to 172.16.0.0/12:67/udp from any;
--        raw on IFACE to 192.168.0.0/16:67/udp from any; raw on IFACE to 255.255.255.255:67/udp from any;
--        net 10.0.0.0/8:67/udp; net 172.16.0.0/12:67/udp; net 192.168.0.0/16:67/udp; net 255.255.255.255:67/udp
-- lab:   dhcp on linux in simulated time
-- arg:   rate number 0.1..1000000 = 50 | exchanges that begin in a second
-- arg:   clients integer 1..1048576 = 90 | each with its own hardware address; a server needs an address for each
-- arg:   duration seconds 0.1..3600 = 4 | how long exchanges begin
-- arg:   renew number 0..1 = 0.25 | share of the exchanges that renew a lease
-- arg:   release number 0..1 = 0.125 | share of them that give one back
-- arg:   server address = | pretend to be a relay agent, as perfdhcp does, and send to this server; when left out, ask the link
-- arg:   peak boolean = false | search for the highest rate that is served
-- shows:
--   125 leases in 3.98 s: 31.4 a second, 50 asked; 90 clients, drop ratio 0.00 %
--   exchange        sent  answered  drops   ratio       min   average       max  deviation      50 %      95 %      99 %
--   discover-offer   125       125      0  0.00 %  0.004 ms  0.004 ms  0.004 ms   0.000 ms  0.004 ms  0.004 ms  0.004 ms
--   request-ack      125       125      0  0.00 %  0.004 ms  0.004 ms  0.004 ms   0.000 ms  0.004 ms  0.004 ms  0.004 ms
--   renew-ack         50        50      0  0.00 %  0.004 ms  0.004 ms  0.004 ms   0.000 ms  0.004 ms  0.004 ms  0.004 ms
--   release           25
--   began late: 0.000 ms on average, 0.000 ms at most, 0 by more than 10 ms
-- returns: record | what the load brought, or with --peak the highest rate that was served
--   rate number | exchanges a second
--   sent integer | questions
--   received integer | answers
--   drop_ratio number | share of the questions without one
-- see:   RFC 2131; Kea's perfdhcp; recipes/dhcp_discover_all
-- categories: load, intrusive, dhcp
-- author: the moonwire authors
-- version: 1.0

local dhcp, script = require "dhcp", require "script"
local args = script.args()
local load = {clients = args.clients, duration = args.duration, mix = {renew = args.renew, release = args.release},
  server = args.server, relay = args.server ~= nil}

if not args.peak then
  load.rate, load.every = args.rate, 0.1
  local total = math.ceil(args.rate * args.duration)
  function load.progress(so_far) script.progress(so_far.begun, total, "exchanges") end
  local result = assert(dhcp.load(load))
  print(result)
  if result.received == 0 then script.nothing_found("nobody answers") end
  return result
end

load.from = args.rate
function load.progress(step)
  print(("%8.0f/s  %s  %8.1f leases/s  %.2f %% dropped"):format(step.rate, step.served and "served  " or "too much", step.result.rate,
    step.result.drop_ratio * 100))
end
local peak = assert(dhcp.peak(load))
print(("%.0f exchanges a second; what keeps it from more: %s"):format(peak.rate, peak.limit))
return peak
