-- What: end a lease now, or soon where the line only broke, and tell how many go on.
-- KEYS[1] the leases; ARGV[1] the member, ARGV[2] ms that it stays (0: ends now).
-- Returns {leases alive after, now in ms}. The ended lease stays: the newest tells since when a room is empty.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], 'XX', 'LT', now + ARGV[2], ARGV[1])
return {redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf'), now}
