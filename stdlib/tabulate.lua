--- Set rows as text in aligned columns.
local check = require "check"

---@class tabulate.Options
---@field gap? string between two columns (default "  ")
---@field indent? string before each line (default "")

-- width counts characters, not bytes: the bytes that go on with a UTF-8 character are left out.
local function width(text) return #text - select(2, text:gsub("[\128-\191]", "")) end

local function cell(value)
  if value == nil then return "" end
  return (tostring(value):gsub("%c", " "))
end

-- texts turns rows into rows of strings. A row is a list, or has a field for each column's name.
local function texts(rows, columns)
  local all, count = {}, columns and #columns or 0
  for i, row in ipairs(rows) do
    if not columns then
      for at in pairs(row) do count = math.max(count, type(at) == "number" and at or 0) end
    end
    all[i] = row
  end
  for i, row in ipairs(all) do
    local line = {}
    for at = 1, count do
      local value = row[at]
      if value == nil and columns then value = row[columns[at]] end
      line[at] = {text = cell(value), number = type(value) == "number"}
    end
    all[i] = line
  end
  return all, count
end

-- measure returns each column's width, and whether all it holds is numbers, which then stand to the right.
local function measure(lines, count, columns)
  local wide, right = {}, {}
  for at = 1, count do
    wide[at], right[at] = columns and width(columns[at]) or 0, #lines > 0
    for _, line in ipairs(lines) do
      wide[at] = math.max(wide[at], width(line[at].text))
      right[at] = right[at] and (line[at].number or line[at].text == "")
    end
  end
  return wide, right
end

--- Return `rows` as lines of text. Columns of numbers stand to the right, all others to the left.
---
---     tabulate({{"eth0", 1500}, {"lo", 65536}}, nil, {gap = " "}) --> "eth0  1500\nlo   65536"
---@param rows any[][]|table<string, any>[] each row a list, or a table with a field for each column
---@param columns? string[] the columns' names, printed first
---@param opts? tabulate.Options
---@return string text without a newline at its end
local function tabulate(rows, columns, opts)
  check.argument("tabulate", 1, rows, "table")
  if columns ~= nil then check.argument("tabulate", 2, columns, "table") end
  opts = check.options("tabulate", opts, {gap = "string", indent = "string"})
  local lines, count = texts(rows, columns)
  local wide, right = measure(lines, count, columns)
  if columns then
    local head, rule = {}, {}
    for at = 1, count do
      head[at], rule[at] = {text = columns[at]}, {text = ("-"):rep(wide[at])}
    end
    table.insert(lines, 1, head)
    table.insert(lines, 2, rule)
  end
  for i, line in ipairs(lines) do
    local parts = {}
    for at = 1, count do
      local space = (" "):rep(wide[at] - width(line[at].text))
      parts[at] = right[at] and space .. line[at].text or line[at].text .. space
    end
    lines[i] = ((opts.indent or "") .. table.concat(parts, opts.gap or "  ")):gsub(" +$", "")
  end
  return table.concat(lines, "\n")
end

return tabulate
