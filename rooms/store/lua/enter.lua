-- What: take a lease in a room that is not full, note the guest and its state, and tell since when the room stood empty.
-- KEYS[1] the leases (sorted set, score: end in ms), KEYS[2] the guests, KEYS[3] the states (hashes);
--   ARGV[1] the member, ARGV[2] ms of a lease, ARGV[3] how many may, ARGV[4] the user, ARGV[5] where from,
--   ARGV[6] how many guests are remembered, ARGV[7] the state of a newcomer.
-- Returns {1 if entered, leases alive before, end of the newest lease before or ''}.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local alive = redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf')
if alive >= tonumber(ARGV[3]) then
  return {0, alive, newest[2] or ''}
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[7])
if redis.call('HLEN', KEYS[2]) < tonumber(ARGV[6]) then
  redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
end
return {1, alive, newest[2] or ''}
