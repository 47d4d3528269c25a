-- What: keep an event of a user's device, the newest first; one that repeats the newest is counted there.
-- KEYS[1] the events, KEYS[2] the profile; ARGV[1] the kind, ARGV[2] the device, ARGV[3] how many are kept.
-- Returns how many there are; 0 where the user is gone. An event is "ms kind device count", and lives as long as its user.
local life = redis.call('PTTL', KEYS[2])
if life == -2 then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kind, device, count = string.match(redis.call('LINDEX', KEYS[1], 0) or '', '^%d+ (%S+) (%S+) (%d+)$')
if kind == ARGV[1] and device == ARGV[2] then
  redis.call('LSET', KEYS[1], 0, string.format('%d %s %s %d', now, kind, device, count + 1))
else
  redis.call('LPUSH', KEYS[1], string.format('%d %s %s 1', now, ARGV[1], ARGV[2]))
  redis.call('LTRIM', KEYS[1], 0, ARGV[3] - 1)
end
if life > 0 then
  redis.call('PEXPIRE', KEYS[1], life)
end
return redis.call('LLEN', KEYS[1])
