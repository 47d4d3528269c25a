-- What: read fields of a record together with the server's time, in one round trip.
-- KEYS[1] the record (a hash); ARGV the field names.
-- Returns {seconds, microseconds, value or nil, ...}.
local now = redis.call('TIME')
local values = redis.call('HMGET', KEYS[1], unpack(ARGV))
local reply = {now[1], now[2]}
for i = 1, #ARGV do
  reply[i + 2] = values[i]
end
return reply
