"""What Redis does in one step, so that no other worker comes between: one Lua script a step."""

from __future__ import annotations

from typing import Final

#: So long after its last use everything of a server is gone from Redis, in seconds.
LIFETIME_SECONDS: Final = 86_400

#: A sandbox was used: drop those that are idle, then those too many, and tell this one's version.
TOUCH: Final = """
local space, name, now, idle_since, most = KEYS[1], ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local used = space .. 'sandboxes'
local function drop(gone)
    redis.call('ZREM', used, gone)
    for _, part in ipairs({'control:', 'windows:', 'entries:', 'bodies:'}) do
        redis.call('DEL', space .. part .. gone)
    end
end
for _, idle in ipairs(redis.call('ZRANGEBYSCORE', used, '-inf', idle_since)) do
    drop(idle)
end
if name ~= 'default' then
    redis.call('ZADD', used, now, name)
    while redis.call('ZCARD', used) >= most do
        drop(redis.call('ZRANGE', used, 0, 0)[1])
    end
    redis.call('EXPIRE', used, ARGV[5])
end
redis.call('EXPIRE', space .. 'control:' .. name, ARGV[5])
return redis.call('HGET', space .. 'control:' .. name, 'version')
"""

#: `throttle.count`, where it is one step for all workers. The window of the field '*' is that of every key without one.
SPEND: Final = """
local windows, key, now = KEYS[1], ARGV[1], ARGV[6]
local requests, seconds, enforced = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == '1'
local own = redis.call('HGET', windows, key)
local opened_at, used = now, 0
local kept = own or redis.call('HGET', windows, '*')
if kept then
    local opened, count = string.match(kept, '^(%S+) (%d+)')
    if tonumber(now) < tonumber(opened) + seconds then
        opened_at, used = opened, tonumber(count)
    end
end
local passes = not enforced or used < requests
if enforced and passes then
    used = used + 1
end
if not own and redis.call('HLEN', windows) >= tonumber(ARGV[7]) then
    local first, first_at
    local all = redis.call('HGETALL', windows)
    for index = 1, #all, 2 do
        local opened = tonumber(string.match(all[index + 1], '^(%S+)'))
        if all[index] ~= '*' and (not first or opened < first_at) then
            first, first_at = all[index], opened
        end
    end
    redis.call('HDEL', windows, first)
end
redis.call('HSET', windows, key, opened_at .. ' ' .. used .. ' ' .. ARGV[2])
redis.call('EXPIRE', windows, ARGV[8])
return {opened_at, used, passes and 1 or 0}
"""

#: An exchange gets its number, is kept, and those who follow are told.
RECORD: Final = """
local space, name, capacity, bodies, lifetime = KEYS[1], ARGV[1], ARGV[4], ARGV[5], ARGV[6]
local number = redis.call('INCR', space .. 'numbers')
redis.call('EXPIRE', space .. 'numbers', lifetime)
local function keep(list, text, most)
    redis.call('RPUSH', list, number .. ' ' .. text)
    redis.call('LTRIM', list, -tonumber(most), -1)
    redis.call('EXPIRE', list, lifetime)
end
keep(space .. 'entries:' .. name, ARGV[2], capacity)
keep(space .. 'bodies:' .. name, ARGV[3], bodies)
redis.call('PUBLISH', space .. 'news', name)
return number
"""

#: What can be set in a sandbox, under a version that no other has had.
SAVE: Final = """
local space, name, document = KEYS[1], ARGV[1], ARGV[2]
local version = redis.call('INCR', space .. 'versions')
local control = space .. 'control:' .. name
redis.call('HSET', control, 'version', version, 'document', document)
redis.call('EXPIRE', control, ARGV[3])
redis.call('EXPIRE', space .. 'versions', ARGV[3] * 2)
return tostring(version)
"""
