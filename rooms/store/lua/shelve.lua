-- What: put a video on a user's shelf: anew in its old place, or on top, unless the shelf is full.
-- KEYS the rows by time, the items, the rows by title; ARGV[1] the id, ARGV[2] its title as it is searched,
--   ARGV[3] the item, ARGV[4] how many may be there, ARGV[5] the ms at which it was there before ('': now).
-- Returns 1, or 0 where the shelf is full. An item is kept as "title\nitem", a row by title as "title\nid".
local old = redis.call('HGET', KEYS[2], ARGV[1])
if not old and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then
  return 0
end
if old then
  redis.call('ZREM', KEYS[3], string.match(old, '^[^\n]*\n') .. ARGV[1])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
redis.call('ZADD', KEYS[1], 'NX', math.min(now, tonumber(ARGV[5]) or now), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. '\n' .. ARGV[3])
redis.call('ZADD', KEYS[3], 0, ARGV[2] .. '\n' .. ARGV[1])
return 1
