-- What: compare-and-set of one field of a room's chat, which makes a new version of it.
-- KEYS[1] the chat (hash); ARGV[1] the field, ARGV[2] what was read ('' for nothing), ARGV[3] what is to be.
-- Returns the new version, or 0 where another writer was first.
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return redis.call('HINCRBY', KEYS[1], 'v', 1)
