-- What: keep a user for good, with the device whose cookie came back; nothing of a device that is gone.
-- KEYS[1] the profile, KEYS[2] the family (hashes), KEYS[3] the user's families by time, KEYS[4] the events;
--   ARGV[1] seconds that a family lives, ARGV[2] the family, ARGV[3] its name in events, ARGV[4] how many events are kept.
-- Returns 1, or 0 where there is no such device any more.
if redis.call('EXISTS', KEYS[2]) == 0 then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('PERSIST', KEYS[1])
redis.call('ZADD', KEYS[3], now, ARGV[2])
if redis.call('HGET', KEYS[2], 'durable') ~= '1' then
  redis.call('LPUSH', KEYS[4], string.format('%d came %s 1', now, ARGV[3]))
  redis.call('LTRIM', KEYS[4], 0, ARGV[4] - 1)
end
redis.call('HSET', KEYS[2], 'durable', '1')
redis.call('HINCRBY', KEYS[2], 'v', 1)
redis.call('EXPIRE', KEYS[2], ARGV[1])
return 1
