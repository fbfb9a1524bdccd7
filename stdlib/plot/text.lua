--- Draw a plot as text.
---@package

-- legend names the series' marks.
local function legend(series)
  local names = {}
  for _, one in ipairs(series) do
    if one.name then names[#names + 1] = one.mark .. " " .. one.name end
  end
  return #names > 0 and table.concat(names, "   ") or nil
end

-- field puts the marks on an empty field; the first series wins where two meet.
local function field(series, width, height)
  local rows = {}
  for row = 0, height - 1 do
    rows[row] = {}
    for column = 0, width - 1 do rows[row][column] = " " end
  end
  for i = #series, 1, -1 do
    for _, point in ipairs(series[i].points) do
      rows[math.floor(point[2] * (height - 1) + 0.5)][math.floor(point[1] * (width - 1) + 0.5)] = series[i].mark
    end
  end
  return rows
end

-- foot writes the labels of the axis to the right, each under its place.
local function foot(x, margin, width)
  local line = ""
  for _, tick in ipairs(x.ticks) do
    local at = margin + math.floor(tick.at * (width - 1) + 0.5) - math.floor(#tick.label / 2)
    if at > #line or line == "" then line = line .. (" "):rep(at - #line) .. tick.label end
  end
  return line
end

local function draw(series, x, y, opts)
  local width, height = opts.width or 60, opts.height or 15
  local labels, margin = {}, 0
  for _, tick in ipairs(y.ticks) do
    labels[math.floor(tick.at * (height - 1) + 0.5)] = tick.label
    margin = math.max(margin, #tick.label)
  end
  local rows, lines = field(series, width, height), {legend(series)}
  if opts.y then lines[#lines + 1] = opts.y end
  for row = height - 1, 0, -1 do
    local label = labels[row] or ""
    lines[#lines + 1] = (("%s%s %s"):format((" "):rep(margin - #label), label, label ~= "" and "+" or "|")
      .. table.concat(rows[row], "", 0, width - 1)):gsub("%s+$", "")
  end
  local axis = {}
  for column = 0, width - 1 do axis[column] = "-" end
  for _, tick in ipairs(x.ticks) do axis[math.floor(tick.at * (width - 1) + 0.5)] = "+" end
  lines[#lines + 1] = (" "):rep(margin + 1) .. " " .. table.concat(axis, "", 0, width - 1)
  lines[#lines + 1] = foot(x, margin + 2, width)
  if opts.x then lines[#lines + 1] = (" "):rep(margin + 2 + math.max(0, width - #opts.x)) .. opts.x end
  return table.concat(lines, "\n")
end

return draw
