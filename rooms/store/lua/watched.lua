-- What: put a row on top of a user's history, where they want one and are still there; the oldest rows give way.
-- KEYS the rows by time, the items, the rows by title, the mark of who wants none, the user's profile;
--   ARGV[1] the id, ARGV[2] its title as it is searched, ARGV[3] the item, ARGV[4] how many may be there.
-- Returns 1 if it was written, else 0. Items are kept as shelve.lua keeps them.
if redis.call('EXISTS', KEYS[4]) == 1 or redis.call('EXISTS', KEYS[5]) == 0 then
  return 0
end
local function drop(id)
  local old = redis.call('HGET', KEYS[2], id)
  if old then
    redis.call('ZREM', KEYS[3], string.match(old, '^[^\n]*\n') .. id)
    redis.call('HDEL', KEYS[2], id)
  end
  redis.call('ZREM', KEYS[1], id)
end
drop(ARGV[1])
while redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) do
  drop(redis.call('ZRANGE', KEYS[1], 0, 0)[1])
end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], time[1] * 1000 + time[2] / 1000, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. '\n' .. ARGV[3])
redis.call('ZADD', KEYS[3], 0, ARGV[2] .. '\n' .. ARGV[1])
return 1
