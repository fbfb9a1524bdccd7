--- Answers requests for files: conditions, ranges, directories (RFC 9110 sections 13 to 15).
---@package
local bytes = require "bytes"
local date = require "serve.http.date"
local files = require "serve.files"
local page = require "serve.http.page"
local range = require "serve.http.range"
local refuse = require "serve.http.request".refuse
local static = {}

-- piece is a part of a file that is read when it is sent.
local function piece(file, first, last) return {file = file, first = first, size = last - first + 1} end

-- tag is what changes when the file does.
local function tag(entry, file)
  if entry.modified then return ('"%x-%x"'):format(entry.modified, entry.size) end
  return ('"%x-%x"'):format(bytes.checksum(file:read(entry.size) or "", "crc32"), entry.size)
end

local function has(list, wanted)
  if list:match("^%s*%*%s*$") then return true end
  for one in list:gmatch('"[^"]*"') do
    if one == wanted then return true end
  end
  return false
end

-- unchanged tells whether the client has what it asks for, as If-None-Match or else If-Modified-Since says.
local function unchanged(r, etag, modified)
  local h = r.headers
  if h["if-none-match"] then return has(h["if-none-match"], etag) end
  local since = date.read(h["if-modified-since"])
  return since and modified and modified <= since
end

-- check_matches refuses when the file isn't the one that the client means.
local function check_matches(r, etag, modified)
  local h = r.headers
  local since = date.read(h["if-unmodified-since"])
  if h["if-match"] and not has(h["if-match"], etag) or not h["if-match"] and since and modified and modified > since then
    refuse(412, "it has changed")
  end
end

-- wanted are the ranges to send; none when the whole is due, as when the file isn't the one that If-Range means.
local function wanted(r, etag, modified, size)
  local means = r.headers["if-range"]
  local same = not means or means == etag or modified and date.read(means) == modified
  if r.method ~= "GET" or not same then return nil end
  return range.read(r.headers.range, size)
end

-- several sends more than one range, each with a head of its own.
local function several(answer, file, ranges, size)
  local boundary = ("%08x%08x"):format(math.random(0, 2 ^ 31 - 1), math.random(0, 2 ^ 31 - 1))
  local kind = answer.headers["Content-Type"]
  answer.headers["Content-Type"] = "multipart/byteranges; boundary=" .. boundary
  for i, part in ipairs(ranges) do
    answer[#answer + 1] = ("%s--%s\r\nContent-Type: %s\r\nContent-Range: bytes %.0f-%.0f/%.0f\r\n\r\n"):format(
      i > 1 and "\r\n" or "", boundary, kind, part[1], part[2], size)
    answer[#answer + 1] = piece(file, part[1], part[2])
  end
  answer[#answer + 1] = ("\r\n--%s--\r\n"):format(boundary)
end

-- give answers with a file.
local function give(r, entry, name)
  local file, problem = entry.open()
  if not file then refuse(403, problem) end
  local size, modified, etag = entry.size, entry.modified and math.floor(entry.modified), tag(entry, file)
  local answer = {status = 200, file = file, headers = {["Content-Type"] = page.type(name), ["Accept-Ranges"] = "bytes",
    ETag = etag, ["Last-Modified"] = modified and date.text(modified)}}
  check_matches(r, etag, modified)
  if unchanged(r, etag, modified) then
    answer.status, answer.headers["Content-Type"] = 304, nil
    return answer
  end
  local ranges = wanted(r, etag, modified, size)
  if not ranges then
    answer[1] = piece(file, 0, size - 1)
  elseif #ranges == 0 then
    answer.status = 416
    answer.headers["Content-Range"] = ("bytes */%.0f"):format(size)
  else
    answer.status = 206
    if #ranges > 1 then
      several(answer, file, ranges, size)
    else
      answer[1] = piece(file, ranges[1][1], ranges[1][2])
      answer.headers["Content-Range"] = ("bytes %.0f-%.0f/%.0f"):format(ranges[1][1], ranges[1][2], size)
    end
  end
  return answer
end

-- within answers for a directory: by its index.html, or by a list.
local function within(r, store, names, entry)
  if r.path:sub(-1) ~= "/" then
    return {status = 301, headers = {Location = r.raw:gsub("^/+", "/") .. "/" .. (r.query ~= "" and "?" .. r.query or "")}}
  end
  names[#names + 1] = "index.html"
  local index = store.find(names)
  if index and index.kind == "file" then return give(r, index, "index.html") end
  return {status = 200, headers = {["Content-Type"] = page.type(".html")}, page.list(r.path, entry.list())}
end

--- Answer a request for a file or a directory.
---@param r table
---@param store table
---@return table answer
function static.answer(r, store)
  if r.method == "OPTIONS" then return {status = 204, headers = {Allow = "GET, HEAD, OPTIONS"}} end
  if r.method ~= "GET" and r.method ~= "HEAD" then
    return {status = 405, headers = {Allow = "GET, HEAD, OPTIONS"}}
  end
  local names = files.names(r.path)
  if not names then refuse(400, "a path that leads nowhere") end
  local entry, problem, kind = store.find(names)
  if not entry then refuse(kind == "denied" and 403 or 404, problem) end
  if entry.kind == "directory" then return within(r, store, names, entry) end
  if r.path:sub(-1) == "/" then refuse(404, "no such directory") end
  return give(r, entry, names[#names])
end

return static
