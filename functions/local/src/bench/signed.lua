-- What wrk asks in the benchmark `control`. Arguments: a file of requests, each after its length and
-- a line feed, and their operation. Those of PutImage are asked once, in the file's order; others
-- again and again. Its last line: requests per second, median and 99th percentile in ms. Ends with 1
-- when a request failed or none is left.

-- Set to see what the first answer says that is not 200; to look at each of them costs time.
local LOOK = os.getenv("LOOK")

local file, once, requests, at

local function read()
  local length = file:read("*l")
  return length and file:read(tonumber(length))
end

local function fail(message)
  io.stderr:write(message, "\n")
  os.exit(1)
end

function init(arguments)
  file = assert(io.open(arguments[1], "rb"))
  once = arguments[2] == "PutImage" and not LOOK
  if once then return end
  requests, at = {}, 0
  -- of many the last, for of those hardly any was asked yet when LOOK is set
  local number = 0
  for request in read do
    requests[number % 1000 + 1] = request
    number = number + 1
  end
end

function request()
  if once then
    return read() or fail("no request is left that was not asked yet")
  end
  at = at % #requests + 1
  return requests[at]
end

if LOOK then
  function response(status, headers, body)
    if status ~= 200 then fail("answered " .. status .. ": " .. body) end
  end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  if failed > 0 then fail(failed .. " requests failed") end
  print(string.format("%.1f %.3f %.3f", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
