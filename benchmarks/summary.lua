-- The last line that wrk prints: what it measured, as JSON.
function done(summary, latency, requests)
   local errors = 0
   for _, count in pairs(summary.errors) do errors = errors + count end
   print(string.format('{"requests": %d, "errors": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d}',
      summary.requests, errors, summary.duration, latency:percentile(50), latency:percentile(99)))
end
