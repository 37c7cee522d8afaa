-- With an argument, each request adds a user whose email begins with it.
function init(args)
   if not args[1] then return end
   local body = '{"first_name": "Grace", "last_name": "Hopper", "email": "%s.%d@example.com"}'
   local added = 0
   wrk.method = "POST"
   wrk.headers["Content-Type"] = "application/json"
   request = function()
      added = added + 1
      return wrk.format(nil, nil, nil, body:format(args[1], added))
   end
end

-- The last line that wrk prints: what it measured, as JSON.
function done(summary, latency, requests)
   local errors = 0
   for _, count in pairs(summary.errors) do errors = errors + count end
   print(string.format('{"requests": %d, "errors": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d}',
      summary.requests, errors, summary.duration, latency:percentile(50), latency:percentile(99)))
end
