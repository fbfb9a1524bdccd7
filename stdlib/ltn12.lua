--- Move data in chunks: sources produce them, filters change them, sinks take them, pumps drive.
--- A source returns a chunk, or nil at its end, or nil and a message. A sink takes a chunk, or nil at the end, and
--- returns a true value, or nil and a message. A filter takes a chunk and returns one; nil asks for what it still
--- holds, "" asks for more of what the last chunk gave. The interface is that of LuaSocket 3.1.
local ltn12 = {
  _VERSION = "LTN12 1.0.3",
  BLOCKSIZE = 2048, -- bytes in a chunk of source.file and source.string
  filter = {}, source = {}, sink = {}, pump = {},
}
local filter, source, sink, pump = ltn12.filter, ltn12.source, ltn12.sink, ltn12.pump

local function need(value, what, name)
  if not value then
    error(("bad argument to '%s' (%s expected, got %s)"):format(name, what, type(value)), 3)
  end
end

--- Make a filter from `low`, which is called as low(ctx, chunk, extra) and returns a chunk and the next ctx.
---@param low fun(ctx: any, chunk: string?, extra: any): string?, any
---@param ctx? any context of the first call
---@param extra? any third argument of every call
---@return fun(chunk: string?): string? filter
function filter.cycle(low, ctx, extra)
  need(low, "function", "cycle")
  return function(chunk)
    local out
    out, ctx = low(ctx, chunk, extra)
    return out
  end
end

-- pair passes what first makes through second. Each may turn one chunk into many, so second is asked with "" until it
-- answers "", before first is asked again; after first's end, second is asked with nil until it ends too.
local function pair(first, second)
  local held = ""      -- what first gave and second has not finished
  local asking = false -- whether second has more to give of it
  return function(chunk)
    if chunk and chunk ~= "" then
      asking = false
    end
    local input = chunk
    while true do
      if not asking then
        held = first(input)
        asking = true
        if held == "" then
          asking = false
          return ""
        end
      end
      local out = second(held)
      local done = held and ""
      if held then held = "" end
      if out ~= done then return out end
      asking = false
      if not done then return nil end
      input = chunk and "" -- second is dry: ask first for more
    end
  end
end

--- Chain filters into one that passes data through each in turn.
---@param ... fun(chunk: string?): string?
---@return fun(chunk: string?): string? filter
function filter.chain(first, ...)
  need(first, "function", "chain")
  for i = 1, select("#", ...) do
    first = pair(first, (select(i, ...)))
  end
  return first
end

local function ended() return nil end

--- A source that has ended.
---@return fun(): nil source
function source.empty() return ended end

--- A source that fails with `message`.
---@param message? string
---@return fun(): nil, string? source
function source.error(message)
  return function() return nil, message end
end

--- A source of a file's contents, which closes the file at the end. Made for source.file(io.open(name, "rb")).
---@param handle? file*
---@param message? string why there is no handle
---@return fun(): string?, string? source
function source.file(handle, message)
  if not handle then return source.error(message or "unable to open file") end
  return function()
    local chunk, err = handle:read(ltn12.BLOCKSIZE)
    if not chunk then handle:close() end
    return chunk, err
  end
end

--- A source of a string's bytes, BLOCKSIZE at a time.
---@param s? string
---@return fun(): string? source
function source.string(s)
  if not s then return ended end
  s = tostring(s)
  local at = 1
  return function()
    local chunk = s:sub(at, at + ltn12.BLOCKSIZE - 1)
    at = at + ltn12.BLOCKSIZE
    if chunk ~= "" then return chunk end
  end
end

--- A source of t[1], t[2] and so on.
---@param t table
---@return fun(): any source
function source.table(t)
  if type(t) ~= "table" then
    error(("bad argument #1 to 'table' (table expected, got %s)"):format(type(t)), 2)
  end
  local i = 0
  return function()
    i = i + 1
    return t[i]
  end
end

--- Make a plain source from a fancy one, which may return its own replacement as a second value.
---@param src function
---@return fun(): string?, string? source
function source.simplify(src)
  need(src, "function", "simplify")
  return function()
    local chunk, after = src()
    if not chunk then
      src = source.error(after)
      return nil, after
    end
    src = after or src
    return chunk
  end
end

--- A source that takes chunks back: called with a chunk, it will return that one next.
---@param src fun(): string?, string?
---@return fun(chunk: string?): string?, string? source
function source.rewind(src)
  need(src, "function", "rewind")
  local back = {}
  return function(chunk)
    if chunk then
      back[#back + 1] = chunk
      return nil
    end
    if #back > 0 then return table.remove(back) end
    return src()
  end
end

--- A source of all data of its sources, one after the other. A failure is passed on, and that source asked again.
---@param ... fun(): string?, string?
---@return fun(): string?, string? source
function source.cat(...)
  local sources, i = {...}, 1
  return function()
    while sources[i] do
      local chunk, err = sources[i]()
      if chunk then return chunk end
      if err then return nil, err end
      i = i + 1
    end
  end
end

--- A source of src's data after it went through filters.
---@param src fun(): string?, string?
---@param f fun(chunk: string?): string?
---@param ... fun(chunk: string?): string? more filters
---@return fun(): string?, string? source
function source.chain(src, f, ...)
  need(src, "function", "chain")
  need(f, "function", "chain")
  f = filter.chain(f, ...)
  local asked = ""    -- what the filter was last given: "" while it has more to give, nil after the end
  local dry = true    -- the filter has given all that it had
  local over = false
  return function()
    if over then error("source is empty!", 2) end
    while true do
      if dry and asked then
        local chunk, err = src()
        if err then return nil, err end
        asked = chunk
      end
      local out = f(asked)
      if asked == nil then
        over = out == nil
        return out
      end
      if out == nil then error("filter returned inappropriate nil", 2) end
      dry = out == ""
      asked = ""
      if not dry then return out end
    end
  end
end

--- A sink that fails with `message`.
---@param message? string
---@return fun(chunk: string?): nil, string? sink
function sink.error(message)
  return function() return nil, message end
end

local function swallow() return 1 end

--- A sink that takes everything and keeps nothing.
---@return fun(chunk: string?): integer sink
function sink.null() return swallow end

--- A sink that writes to a file and closes it at the end. Made for sink.file(io.open(name, "wb")).
---@param handle? file*
---@param message? string why there is no handle
---@return fun(chunk: string?, message: string?): any, string? sink
function sink.file(handle, message)
  if not handle then return sink.error(message or "unable to open file") end
  return function(chunk)
    if chunk then return handle:write(chunk) end
    handle:close()
    return 1
  end
end

--- A sink that appends each chunk to a table.
---@param t? table where to; by default a new one
---@return fun(chunk: string?): integer sink
---@return table chunks
function sink.table(t)
  t = t or {}
  return function(chunk)
    if chunk then t[#t + 1] = chunk end
    return 1
  end, t
end

--- Make a plain sink from a fancy one, which may return its own replacement.
---@param snk function
---@return fun(chunk: string?, message: string?): integer?, string? sink
function sink.simplify(snk)
  need(snk, "function", "simplify")
  return function(chunk, message)
    local after, err = snk(chunk, message)
    if not after then return nil, err end
    if type(after) == "function" then snk = after
    elseif type(err) == "function" then snk = err end
    return 1
  end
end

--- A sink that passes data through filters before it gives it to another sink.
---@param f fun(chunk: string?): string?
---@param ... any more filters, and the sink at last
---@return fun(chunk: string?, message: string?): integer?, string? sink
function sink.chain(f, ...)
  local rest = {...}
  local snk = table.remove(rest)
  need(f, "function", "chain")
  need(snk, "function", "chain")
  f = filter.chain(f, unpack(rest))
  return function(chunk, message)
    if chunk == "" then return 1 end
    local done = chunk and "" -- what the filter answers when it has no more to give
    while true do
      local out = f(chunk)
      local ok, err = snk(out, message)
      if not ok then return nil, err end
      if out == done then return 1 end
      chunk = done
    end
  end
end

--- Move one chunk from a source to a sink.
---@param src fun(): string?, string?
---@param snk fun(chunk: string?, message: string?): any, string?
---@return any ok true while there is more
---@return string? message
function pump.step(src, snk)
  local chunk, err = src()
  local ok, sink_err = snk(chunk, err)
  if chunk and ok then return 1 end
  return nil, err or sink_err
end

--- Move all data from a source to a sink.
---@param src fun(): string?, string?
---@param snk fun(chunk: string?, message: string?): any, string?
---@param step? function moves one chunk; by default pump.step
---@return any ok
---@return string? message
function pump.all(src, snk, step)
  need(src, "function", "all")
  need(snk, "function", "all")
  step = step or pump.step
  while true do
    local ok, err = step(src, snk)
    if not ok then
      if err then return nil, err end
      return 1
    end
  end
end

return ltn12
