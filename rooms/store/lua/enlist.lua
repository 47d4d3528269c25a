-- What: name a playlist in its owner's list as changed just now, or give it a place there, unless the list is full.
-- KEYS[1] the list (sorted set by ms); ARGV[1] the playlist, ARGV[2] how many may be there.
-- Returns 1, or 0 where the list is full.
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then
  return 0
end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], time[1] * 1000 + time[2] / 1000, ARGV[1])
return 1
