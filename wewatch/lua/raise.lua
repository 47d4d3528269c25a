-- What: raise a counter that is behind (after a restore) to an id that is known to be in use.
-- KEYS[1] the counter; ARGV[1] the id.
-- Returns the counter.
local now = tonumber(redis.call('GET', KEYS[1]) or '0')
if now < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
  return tonumber(ARGV[1])
end
return now
