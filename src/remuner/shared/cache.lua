-- Values that are filled under a lease and kept out by marks; all that has to happen at once.
-- ARGV[1] is the operation. A value begins with V, a lease with L.

local function now()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end

if ARGV[1] == 'lease' then
    -- KEYS: value, its marks. ARGV: the tag of good values, a lease, its milliseconds.
    -- Returns the value or lease that is there, 'M' where a write is under way, or the lease that was given.
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now())
    if redis.call('EXISTS', KEYS[2]) == 1 then
        return 'M'
    end
    local held = redis.call('GET', KEYS[1])
    if held and (held:sub(1, 1) == 'L' or held:sub(1, #ARGV[2]) == ARGV[2]) then
        return held
    end
    redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
    return ARGV[3]
elseif ARGV[1] == 'fill' then
    -- KEYS: value. ARGV: the lease, the value, its milliseconds. Returns whether the lease still stood.
    if redis.call('GET', KEYS[1]) ~= ARGV[2] then
        return 0
    end
    redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
    return 1
elseif ARGV[1] == 'mark' then
    -- KEYS: values and their marks, in turns. ARGV: who writes, for how many milliseconds at most.
    for i = 1, #KEYS, 2 do
        redis.call('ZADD', KEYS[i + 1], now() + ARGV[3], ARGV[2])
        redis.call('PEXPIRE', KEYS[i + 1], ARGV[3])
        redis.call('DEL', KEYS[i])
    end
elseif ARGV[1] == 'unmark' then
    -- KEYS: values and their marks, in turns. ARGV: who wrote. A fill that began before the write ends in vain.
    for i = 1, #KEYS, 2 do
        redis.call('ZREM', KEYS[i + 1], ARGV[2])
        redis.call('DEL', KEYS[i])
    end
end
return 1
