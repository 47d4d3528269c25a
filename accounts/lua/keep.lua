-- What: keep a user for good, with the device whose cookie came back; nothing of a device that is gone.
-- KEYS[1] the profile, KEYS[2] the family (hashes); ARGV[1] seconds that a family lives.
-- Returns 1, or 0 where there is no such device any more.
if redis.call('EXISTS', KEYS[2]) == 0 then
  return 0
end
redis.call('PERSIST', KEYS[1])
redis.call('HSET', KEYS[2], 'durable', '1')
redis.call('HINCRBY', KEYS[2], 'v', 1)
redis.call('EXPIRE', KEYS[2], ARGV[1])
return 1
