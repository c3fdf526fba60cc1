-- One workload of tills, for wrk: wrk … --script load.lua URL -- WORKLOAD CLIENTS RUN [check]
--
-- Every request is for a random client at a random till of the generated store. The number RUN
-- makes the ids of sales and the choice of clients different from other runs. With `check` the
-- first refused request is printed.

local TILLS = 64
local threads = 0

function setup(thread)
   threads = threads + 1
   thread:set("thread_number", threads)
end

function init(arguments)
   local workload, clients, run = arguments[1], tonumber(arguments[2]), tonumber(arguments[3])
   math.randomseed(run * 100 + thread_number)
   local headers = {}
   for till = 1, TILLS do
      headers[till] = {
         ["X-Tenant-Token"] = string.format("%064x", 0),
         ["X-Cashier-Token"] = string.format("%064x", till),
         ["X-Device-Id"] = "bench",
         ["Content-Type"] = "application/json",
      }
   end

   local function phone() return string.format("9929%08d", math.random(clients)) end

   local function lookup()
      local path = "/api/v1/cashier/client/%2B" .. phone() .. "?check_amount=150"
      return wrk.format("GET", path, headers[math.random(TILLS)])
   end

   local sold = 0
   local function sale(redeem)
      sold = sold + 1
      local till = math.random(TILLS)
      local body = string.format(
         '{"client_phone":"+%s","total_amount":150.00,"bonus_redeem_amount":%d,"redeem_mode":"payment_type",'
            .. '"external_sale_id":"bench-%d-%d-%d","cashier_node_id":%d,"sale_date":"2026-06-05T14:30:00"}',
         phone(), redeem, run, thread_number, sold, till)
      return wrk.format("POST", "/api/v1/cashier/sale", headers[till], body)
   end

   local workloads = {
      lookup = lookup,
      sale = function() return sale(0) end,
      mixed = function() return sale(sold % 2) end,
   }
   request = workloads[workload]

   -- wrk parses answers only if `response` is defined, which is slower.
   if arguments[4] == "check" then
      local told = false
      response = function(status, _, body)
         if status > 299 and not told then
            told = true
            io.stderr:write(string.format("%s answered %d: %s\n", workload, status, body))
         end
      end
   end
end

function done(summary, latency)
   local errors = summary.errors
   print(string.format("figures %d %d %d %d %d %d", summary.requests, summary.duration,
      latency:percentile(50), latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout))
end
