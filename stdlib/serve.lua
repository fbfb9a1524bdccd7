--- Services to talk to: echo, discard, chargen, daytime, HTTP, TFTP and DNS.
---
--- Each runs in the network of the task that starts it, beside the script's tasks, and ends with them. What it answers
--- with counts in its stats; bad input is counted there and never ends it. Where the protocol has both, it listens for
--- connections and for datagrams, over IPv4 and IPv6.
local check = require "check"
local service = require "serve.service"
local small = require "serve.small"
local serve = {}

---@class serve.Options
---@field port? integer to listen at; 0 is any that is free (default: the protocol's own)
---@field address? string own address to listen at; all of them when left out
---@field connections? integer connections at the same time, at most; others wait (default 100)
---@field idle? number seconds that a connection may be silent (default 60)

--- Send back all that comes (RFC 862).
---@param opts? serve.Options
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.echo(opts)
  return small.echo(check.options("serve.echo", opts, service.options{}))
end

--- Take all that comes and say nothing (RFC 863).
---@param opts? serve.Options
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.discard(opts)
  return small.discard(check.options("serve.discard", opts, service.options{}))
end

---@class serve.ChargenOptions: serve.Options
---@field limit? integer bytes for each connection (default 1048576)

--- Send characters to each connection, and up to 512 of them for each datagram (RFC 864).
---@param opts? serve.ChargenOptions
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.chargen(opts)
  return small.chargen(check.options("serve.chargen", opts, service.options{limit = "count"}))
end

--- Tell the time of day in UTC, as text (RFC 867).
---@param opts? serve.Options
---@return serve.Service? service
---@return string? message
---@return string? kind
function serve.daytime(opts)
  return small.daytime(check.options("serve.daytime", opts, service.options{}))
end

return serve
