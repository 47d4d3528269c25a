-- What: walk along a shelf and gather rows whose id has a beginning and whose title has all words, until enough are found.
-- KEYS[1] the order to walk in, KEYS[2] the items, KEYS[3] the rows by time; ARGV[1] the command that walks, ARGV[2] the
--   rank to begin at, ARGV[3] rows looked at, at most, ARGV[4] matches to pass over, ARGV[5] rows wanted,
--   ARGV[6] the beginning of ids, then the words.
-- Returns {rows in all, rank to go on at or -1 at the end, matches still to pass over, id, ms, "title\nitem", ...}.
local CHUNK = 200
local rank, skip, wanted = tonumber(ARGV[2]), tonumber(ARGV[4]), tonumber(ARGV[5])
local total = redis.call('ZCARD', KEYS[1])
local stop = math.min(total, rank + tonumber(ARGV[3]))
local reply = {total, -1, 0}

local function matches(id, item)
  if string.sub(id, 1, #ARGV[6]) ~= ARGV[6] then
    return false
  end
  local title = #ARGV > 6 and string.match(item, '^[^\n]*')
  for i = 7, #ARGV do
    if not string.find(title, ARGV[i], 1, true) then
      return false
    end
  end
  return true
end

while rank < stop and wanted > 0 do
  local ids = redis.call(ARGV[1], KEYS[1], rank, math.min(stop, rank + CHUNK) - 1)
  for i, member in ipairs(ids) do -- a row by title is "title\nid"
    ids[i] = string.sub(member, (string.find(member, '\n', 1, true) or 0) + 1)
  end
  local items = redis.call('HMGET', KEYS[2], unpack(ids))
  for i, id in ipairs(ids) do
    rank = rank + 1
    if items[i] and matches(id, items[i]) then
      if skip > 0 then
        skip = skip - 1
      else
        reply[#reply + 1] = id
        reply[#reply + 1] = redis.call('ZSCORE', KEYS[3], id)
        reply[#reply + 1] = items[i]
        wanted = wanted - 1
        if wanted == 0 then break end
      end
    end
  end
end
reply[2], reply[3] = rank < total and rank or -1, skip
return reply
