-- What: the server's time; in a cluster that of the node which keeps a key, so that all workers have the same clock.
-- KEYS[1] the key, of which nothing is read.
-- Returns {seconds, microseconds}.
return redis.call('TIME')
