-- What: take a row off a shelf.
-- KEYS the rows by time, the items, the rows by title; ARGV[1] the id.
-- Returns 1, or 0 where it was not there.
local old = redis.call('HGET', KEYS[2], ARGV[1])
if not old then
  return 0
end
redis.call('ZREM', KEYS[3], string.match(old, '^[^\n]*\n') .. ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
