--- The files that a service gives out: contents in a table, or a directory. Nothing outside of it can be named.
---@package
local lfs = require "lfs"
local files = {}

-- Bytes that could make one name into another place: the separators of some systems, and the end of C's strings.
local FORBIDDEN = package.config:sub(1, 1) == "\\" and '[%z/\\:]' or "[%z/\\]"

--- Return the names that a path goes through. "." and empty names are left out.
---@param path string with / between names
---@return string[]? names nil where the path leads out of its root, or holds what no name may
function files.names(path)
  local names = {}
  for name in path:gmatch("[^/]+") do
    if name == ".." then
      if #names == 0 then return nil end
      names[#names] = nil
    elseif name:find(FORBIDDEN) then
      return nil
    elseif name ~= "." then
      names[#names + 1] = name
    end
  end
  return names
end

-- A Text is a string that is read as a file is.
local Text = {}
Text.__index = Text

function Text:read(n)
  local data = self.text:sub(self.at + 1, self.at + n)
  self.at = self.at + #data
  return data ~= "" and data or nil
end

function Text:seek(_, offset) self.at = offset end
function Text:close() end

---@class serve.Entry
---@field kind "file"|"directory"
---@field size integer? of a file
---@field modified number? of a file on disk, in seconds since 1970
---@field open fun(): table?, string? of a file: something with read, seek and close
---@field list fun(): {name: string, kind: string, size: integer?}[] of a directory

local function by_name(a, b) return a.name < b.name end

-- contents finds entries in a table of path = text. Directories are there where paths go through them.
local function contents(list)
  local store = {}

  function store.find(names)
    local path = table.concat(names, "/")
    local text = list[path] or list["/" .. path]
    if text then
      return {kind = "file", size = #text, open = function() return setmetatable({text = text, at = 0}, Text) end}
    end
    local seen, inside = {}, {}
    local prefix = #names > 0 and path .. "/" or ""
    for name, content in pairs(list) do
      name = name:gsub("^/", "")
      local child, more = name:match("^([^/]+)(.*)", #prefix + 1)
      if child and name:sub(1, #prefix) == prefix and not seen[child] then
        seen[child] = true
        inside[#inside + 1] = {name = child, kind = more == "" and "file" or "directory", size = more == "" and #content or nil}
      end
    end
    if #inside == 0 and #names > 0 then return nil, "no such file", "notfound" end
    table.sort(inside, by_name)
    return {kind = "directory", list = function() return inside end}
  end

  function store.create(names)
    local pieces, path = {}, table.concat(names, "/")
    return {
      write = function(data)
        pieces[#pieces + 1] = data
        return true
      end,
      keep = function()
        list["/" .. path], list[path] = nil, table.concat(pieces)
        return true
      end,
      drop = function() end,
    }
  end

  return store
end

-- list reads a directory. What is neither a file nor a directory isn't shown: it can't be had.
local function list(path)
  local inside = {}
  for name in lfs.dir(path) do
    local about = name ~= "." and name ~= ".." and lfs.symlinkattributes(path .. "/" .. name)
    if about and (about.mode == "file" or about.mode == "directory") then
      inside[#inside + 1] = {name = name, kind = about.mode, size = about.mode == "file" and about.size or nil}
    end
  end
  table.sort(inside, by_name)
  return inside
end

-- directory finds entries below a directory. Symbolic links are not followed: they may lead anywhere.
local function directory(root)
  local store = {}

  local function walk(names)
    local path = root
    for _, name in ipairs(names) do
      path = path .. "/" .. name
      if lfs.symlinkattributes(path, "mode") == "link" then return nil, "a symbolic link", "denied" end
    end
    return path
  end

  function store.find(names)
    local path, problem, kind = walk(names)
    if not path then return nil, problem, kind end
    local about = lfs.attributes(path)
    if not about then return nil, "no such file", "notfound" end
    if about.mode == "directory" then return {kind = "directory", list = function() return list(path) end} end
    if about.mode ~= "file" then return nil, "no ordinary file", "denied" end
    return {kind = "file", size = about.size, modified = about.modification, open = function() return io.open(path, "rb") end}
  end

  function store.create(names)
    local path, problem, kind = walk(names)
    if not path then return nil, problem, kind end
    if lfs.attributes(path, "mode") == "directory" then return nil, "a directory", "denied" end
    local part = ("%s.%08x.part"):format(path, math.random(0, 2 ^ 31 - 1))
    local f
    f, problem = io.open(part, "wb")
    if not f then return nil, problem, "denied" end
    return {
      write = function(data) return f:write(data) end,
      keep = function()
        f:close()
        return os.rename(part, path)
      end,
      drop = function()
        f:close()
        os.remove(part)
      end,
    }
  end

  return store
end

--- Return the store that the options describe: find(names) gives an entry, create(names) a new file that is there once it
--- is kept. Both refuse with nil, message, kind.
---@param opts {files: table<string, string>?, root: string?}
---@return table store
function files.store(opts)
  return opts.files and contents(opts.files) or opts.root and directory(opts.root) or contents{}
end

return files
