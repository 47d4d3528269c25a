-- What: look at some messages of a room's chat in one step: the newest, or those before a number; none that is hidden.
-- KEYS[1] the chat (hash); ARGV[1] the number before which ('' for the newest), ARGV[2] how many, ARGV[3] slots.
-- Returns {version, number of the oldest message there is, the slots in order of their numbers}.
local seen = redis.call('HMGET', KEYS[1], 'v', 'n', 'cleared')
local last, slots = tonumber(seen[2] or 0), tonumber(ARGV[3])
local first = math.max(tonumber(seen[3] or 0), last - slots) + 1
local upto = math.min(last, (tonumber(ARGV[1]) or last + 1) - 1)
local wanted = {}
for n = math.max(first, upto - tonumber(ARGV[2]) + 1), upto do
  wanted[#wanted + 1] = 'm' .. (n % slots)
end
return {tonumber(seen[1] or 0), first, #wanted > 0 and redis.call('HMGET', KEYS[1], unpack(wanted)) or {}}
