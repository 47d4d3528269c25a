-- What: append a message to a room's chat once, however often it is sent, and not faster than the room wants.
-- KEYS[1] the chat (hash), KEYS[2] the ids of messages (sorted set, score: number), KEYS[3] the speaker's pause;
--   ARGV[1] the id, ARGV[2] ms of pause after it (0: none), ARGV[3] slots, ARGV[4] ids kept, ARGV[5] the message.
-- Returns {number, version, time in ms, 1 if it is new}, or {0, ms to wait, 0, 0}. A slot holds "number time message".
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('ZSCORE', KEYS[2], ARGV[1])
if known then
  return {tonumber(known), tonumber(redis.call('HGET', KEYS[1], 'v')), now, 0}
end
if ARGV[2] ~= '0' and not redis.call('SET', KEYS[3], 1, 'NX', 'PX', ARGV[2]) then
  return {0, redis.call('PTTL', KEYS[3]), 0, 0}
end
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
local stamped = string.format('%d %d ', n, now) .. ARGV[5]
redis.call('HSET', KEYS[1], 'm' .. (n % tonumber(ARGV[3])), stamped)
redis.call('ZADD', KEYS[2], n, ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[4]))
return {n, redis.call('HINCRBY', KEYS[1], 'v', 1), now, 1}
