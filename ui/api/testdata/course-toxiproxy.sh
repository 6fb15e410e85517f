#!/bin/bash
# The course's curl lines for Toxiproxy, and for what it sends under each toxic,
# word for word. The test that runs them leads both ports to its own servers
# (curl's connect-to), and lets the proxy listen on a free port.

curl -X POST http://localhost:8474/proxies \
  -H "Content-Type: application/json" \
  -d '{
    "name": "dotnet-api-proxy",
    "listen": "0.0.0.0:29093",
    "upstream": "kafka:9092",
    "enabled": true
  }'

curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics \
  -H "Content-Type: application/json" \
  -d '{
    "name": "latency_5s",
    "type": "latency",
    "stream": "downstream",
    "attributes": {
      "latency": 5000,
      "jitter": 500
    }
  }'

curl -X POST "http://localhost:18081/api/v1/test/idempotent" \
     -H "Content-Type: application/json" \
     -d '{"topic":"latency-test","key":"latency-1","message":"Test with latency"}' \
  --max-time 10

curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics \
  -H "Content-Type: application/json" \
  -d '{
    "name": "timeout_2s",
    "type": "timeout",
    "stream": "downstream",
    "attributes": {
      "timeout": 2000
    }
  }'

curl -X POST "http://localhost:18081/api/v1/test/plain" \
     -H "Content-Type: application/json" \
     -d '{"topic":"timeout-test","key":"timeout-1","message":"Test with timeout"}' \
  --max-time 5

curl -X POST http://localhost:8474/proxies/dotnet-api-proxy/toxics \
  -H "Content-Type: application/json" \
  -d '{
    "name": "bandwidth_1kb",
    "type": "bandwidth",
    "stream": "downstream",
    "attributes": {
      "rate": 1
    }
  }'

curl -X POST "http://localhost:18081/api/v1/test/plain" \
     -H "Content-Type: application/json" \
     -d '{"topic":"bandwidth-test","key":"bandwidth-1","message":"Test with limited bandwidth"}' \
  --max-time 30

curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/latency_5s
curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/timeout_2s
curl -X DELETE http://localhost:8474/proxies/dotnet-api-proxy/toxics/bandwidth_1kb

curl http://localhost:8474/proxies/dotnet-api-proxy
