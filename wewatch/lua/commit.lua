-- What: compare-and-set of a record: write only if its version is still the one that was read.
-- KEYS[1] the record (a hash); ARGV[1] the version read ('' for none), ARGV[2] seconds to live
--   ('' leaves it, '0' makes it durable), then field, value, ...
-- Returns the new version, or 0 where another writer was first.
local version = redis.call('HGET', KEYS[1], 'v') or ''
if version ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
if ARGV[2] == '0' then
  redis.call('PERSIST', KEYS[1])
elseif ARGV[2] ~= '' then
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return redis.call('HINCRBY', KEYS[1], 'v', 1)
