-- What: hide all messages of a room's chat, keeping what was hidden before, so that the last hiding can be taken back.
-- KEYS[1] the chat (hash).
-- Returns {version, the number up to which messages are hidden}; where nothing new was said, what was kept stays.
local seen = redis.call('HMGET', KEYS[1], 'n', 'cleared')
local last, cleared = seen[1] or '0', seen[2] or '0'
if tonumber(last) > tonumber(cleared) then
  redis.call('HSET', KEYS[1], 'before', cleared, 'cleared', last)
end
return {redis.call('HINCRBY', KEYS[1], 'v', 1), tonumber(last)}
