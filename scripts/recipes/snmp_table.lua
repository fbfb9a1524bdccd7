-- title: SNMP table
-- about: a table as rows with named columns, or several that share an index as one, all columns fetched at once; values as the MIB
--        writes them
-- needs: net HOST:161/TRANSPORT
-- lab:   snmp on linux
-- arg:   host string = 10.0.2.2 | agent, as address or address:port
-- arg:   table list of string = ifTable | table to fetch; several, as ifTable,ifXTable, become one
-- arg:   columns list of string = ifDescr,ifMtu,ifPhysAddress,ifOperStatus | columns to print; "all" prints every one that the agent has
-- arg:   index string = | only rows whose index begins so, in dotted numbers
-- arg:   community string = public | of versions 1 and 2c
-- arg:   version one of 1|2c|3 = | of SNMP; when left out, 3 with a user, else 2c
-- arg:   user string = | of version 3
-- arg:   auth one of MD5|SHA|SHA224|SHA256|SHA384|SHA512 = | digest of the user
-- arg:   auth_password string = | of the digest
-- arg:   priv one of DES|3DES|AES|AES192|AES256|AES192C|AES256C = | cipher of the user
-- arg:   priv_password string = | of the cipher
-- arg:   transport one of udp|tcp = udp | how messages travel
-- arg:   wait seconds 0.01..3600 = 1 | for each answer
-- arg:   retries integer 0..100 = 5 | how often a question is sent again
-- arg:   parallel integer 1..100 = 10 | columns fetched at once
-- shows:
--   index  ifDescr  ifMtu  ifPhysAddress      ifOperStatus
--   -----  -------  -----  -----------------  ------------
--   1      lo       65536                     up
--   2      eth0     1500   02:00:00:00:00:03  up
--   3      eth1     1500   02:00:00:01:00:03  up
-- returns: list | a record for each row: its index, and a field for each column, as text
--   index string | parts parted by blanks
-- see:   RFC 2578 section 7.7; snmptable(1); recipes/snmp_walk; recipes/if_traffic
-- categories: discovery, safe, snmp
-- author: the moonwire authors
-- version: 1.0

local script, snmp, tabulate, task = require "script", require "snmp", require "tabulate", require "task"
local args = script.args()
local session = assert(snmp.open{host = args.host, community = args.community, version = args.version, user = args.user, auth = args.auth,
  auth_password = args.auth_password, priv = args.priv, priv_password = args.priv_password, transport = args.transport,
  timeout = args.wait, retries = args.retries})

local names = args.table
names[#names + 1] = {columns = args.columns[1] ~= "all" and args.columns or nil, index = args.index, parallel = args.parallel}
local progress = task.daemon(function()
  while true do
    task.sleep(0.2)
    script.progress(session.stats.received, nil, "answers")
  end
end)
local rows, problem = session:table(unpack(names))
progress:cancel()
if not rows then script.fail(problem) end
if #rows == 0 then script.nothing_found("the table has no rows") end

-- Columns that no row has a value in are left out.
local columns = {"index"}
for _, name in ipairs(rows.columns) do
  for _, row in ipairs(rows) do
    if row[name] then
      columns[#columns + 1] = name
      break
    end
  end
end

-- A record for each row; a column that it has no value in is an empty text.
local records = {}
for i, row in ipairs(rows) do
  local record = {index = row.index and table.concat(row.index, " ") or row.key}
  for at = 2, #columns do
    local var = row[columns[at]]
    record[columns[at]] = var and var.text or ""
  end
  records[i] = record
end
print(tabulate(records, columns))
return records
