-- Arguments: method, path, body, rows, prefix, rate; see load.py.
local ffi = require("ffi")
ffi.cdef[[
   struct timespec { long seconds; long nanoseconds; };
   int clock_gettime(int clock, struct timespec *time);
]]
local ID = "01900000-0000-7000-8000-%012x"

local MONOTONIC = 1
local time = ffi.new("struct timespec")

local function now_ms()
   ffi.C.clock_gettime(MONOTONIC, time)
   return tonumber(time.seconds) * 1e3 + tonumber(time.nanoseconds) / 1e6
end

function init(args)
   local method, path, body, rows, prefix, rate = unpack(args)
   local made, due = 0, now_ms()
   rows, rate = tonumber(rows), tonumber(rate)
   math.randomseed(tonumber(prefix:sub(1, 8), 16))
   if body == "" then body = nil else wrk.headers["Content-Type"] = "application/json" end

   local function filled(text)
      return text and text:gsub("{id}", ID:format(math.random(rows))):gsub("{unique}", prefix .. made)
   end

   request = function()
      made = made + 1
      return wrk.format(method, filled(path), nil, filled(body))
   end
   if rate > 0 then
      delay = function()
         due = due + 1e3 / rate
         return math.max(0, due - now_ms())
      end
   end
end

-- The last line that wrk prints: what it measured, as JSON.
function done(summary, latency, requests)
   local errors = 0
   for _, count in pairs(summary.errors) do errors = errors + count end
   print(string.format('{"requests": %d, "errors": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d}',
      summary.requests, errors, summary.duration, latency:percentile(50), latency:percentile(99)))
end
