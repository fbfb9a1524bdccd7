--- Pages that the server writes itself, the names of statuses, and the types of files.
---@package
local target = require "serve.http.target"
local page = {}

--- Reasons (RFC 9110 section 15).
page.REASONS = {
  [100] = "Continue", [200] = "OK", [201] = "Created", [202] = "Accepted", [204] = "No Content", [206] = "Partial Content",
  [301] = "Moved Permanently", [302] = "Found", [303] = "See Other", [304] = "Not Modified", [307] = "Temporary Redirect",
  [308] = "Permanent Redirect", [400] = "Bad Request", [401] = "Unauthorized", [403] = "Forbidden", [404] = "Not Found",
  [405] = "Method Not Allowed", [408] = "Request Timeout", [409] = "Conflict", [410] = "Gone", [412] = "Precondition Failed",
  [413] = "Content Too Large", [414] = "URI Too Long", [416] = "Range Not Satisfiable", [417] = "Expectation Failed",
  [418] = "I'm a teapot", [429] = "Too Many Requests", [431] = "Request Header Fields Too Large",
  [500] = "Internal Server Error", [501] = "Not Implemented", [503] = "Service Unavailable", [505] = "HTTP Version Not Supported",
}

local TYPES = {
  txt = "text/plain; charset=utf-8", html = "text/html; charset=utf-8", htm = "text/html; charset=utf-8",
  css = "text/css; charset=utf-8", js = "text/javascript; charset=utf-8", json = "application/json", xml = "application/xml",
  csv = "text/csv; charset=utf-8", md = "text/markdown; charset=utf-8", lua = "text/plain; charset=utf-8",
  svg = "image/svg+xml", png = "image/png", jpg = "image/jpeg", jpeg = "image/jpeg", gif = "image/gif", ico = "image/x-icon",
  pdf = "application/pdf", wav = "audio/wav", gz = "application/gzip", zip = "application/zip", tar = "application/x-tar",
  pcap = "application/vnd.tcpdump.pcap",
}

--- Return the type of a file by its name.
---@param name string
function page.type(name)
  return TYPES[(name:match("%.(%w+)$") or ""):lower()] or "application/octet-stream"
end

local HTML = {["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;"}

local function escaped(text) return (text:gsub('[&<>"]', HTML)) end

--- Write the list of a directory.
---@param path string
---@param entries table[]
function page.list(path, entries)
  local lines = {}
  if path ~= "/" then lines[1] = '<li><a href="../">../</a></li>' end
  for _, entry in ipairs(entries) do
    local slash = entry.kind == "directory" and "/" or ""
    local size = entry.size and (" %d bytes"):format(entry.size) or ""
    lines[#lines + 1] = ('<li><a href="./%s%s">%s%s</a>%s</li>'):format(target.encode(entry.name), slash, escaped(entry.name), slash, size)
  end
  local title = "Files in " .. escaped(path)
  return ('<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>%s</title></head>\n<body><h1>%s</h1>\n<ul>\n%s\n</ul></body></html>\n'):format(
    title, title, table.concat(lines, "\n"))
end

return page
