#!/bin/bash
# The course's curl lines for port 18081, word for word. The test that runs them
# leads that port to its own server (curl's connect-to).

curl -X POST "http://localhost:18081/api/v1/test/plain" \
     -H "Content-Type: application/json" \
     -d '{"topic":"reliability-test","key":"plain-1","message":"Plain test message 1"}'

curl -X POST "http://localhost:18081/api/v1/test/idempotent" \
     -H "Content-Type: application/json" \
     -d '{"topic":"reliability-test","key":"idempotent-1","message":"Idempotent test message 1"}'

curl -X POST "http://localhost:18081/api/v1/test/plain-async" \
     -H "Content-Type: application/json" \
     -d '{"topic":"performance-test","key":"async-1","message":"Async test message 1"}'

curl -X POST "http://localhost:18081/api/v1/test/idempotent-async" \
     -H "Content-Type: application/json" \
     -d '{"topic":"performance-test","key":"idempotent-async-1","message":"Idempotent async test message 1"}'

curl -X POST "http://localhost:18081/api/v1/test/plain" \
     -H "Content-Type: application/json" \
     -d '{"topic":"nonexistent-topic","key":"error-test","message":"This should fail"}'

curl http://localhost:18081/health
curl http://localhost:18081/api/v1/status

# On a cluster the course asks $SERVICE_IP:8080; here that is this machine.
for i in {1..100}
do
  curl -X POST "http://localhost:18081/api/v1/test/idempotent" \
       -H "Content-Type: application/json" \
       -d "{\"topic\":\"load-test\",\"key\":\"load-$i\",\"message\":\"Load test message $i\"}" &
done

wait
