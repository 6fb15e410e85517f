#!/bin/sh
# The course's Toxiproxy tests: a proxy before Kafka, three faults on it, and
# what becomes of a message under each.
#
# The proxy's upstream is kafka:9092. Atelier takes such a proxy for the proxies
# of all its brokers, so each fault is put before every one of them and meets
# the message on its way. The faults add up: each test has those before it, too.
#
#   TOXIPROXY_URL  Toxiproxy's API           (http://localhost:8474)
#   BASE_URL       the producer's HTTP API   (http://localhost:18081)
#   LISTEN         where the proxy listens   (0.0.0.0:29093; on this machine alone)
#
# Needs curl. Exit status: 0 where everything came as it must, 1 where something
# did not, 2 where nobody answers.
set -eu

TOXIPROXY_URL=${TOXIPROXY_URL:-http://localhost:8474}
BASE_URL=${BASE_URL:-http://localhost:18081}
LISTEN=${LISTEN:-0.0.0.0:29093}
PROXY=dotnet-api-proxy

# call METHOD URL [BODY [SECONDS]] sets $status and $body; a status of 000 is no
# answer.
call() {
    answer=$(curl --silent --request "$1" "$2" --header "Content-Type: application/json" \
        ${3:+--data "$3"} --max-time "${4:-10}" --write-out '\n%{http_code}') || true
    status=$(printf '%s\n' "$answer" | tail -n 1)
    body=$(printf '%s\n' "$answer" | sed '$d')
}

# want STATUS WHAT ends the script where the last call came to something else.
want() {
    if [ "$status" != "$1" ]; then
        printf 'FAILED  %s: status %s, want %s\n        %s\n' "$2" "$status" "$1" "$body"
        exit 1
    fi
    printf 'ok      %s (%s)\n' "$2" "$status"
}

# reach URL WHAT ends the script where nobody answers.
reach() {
    call GET "$1"
    if [ "$status" = 000 ]; then
        printf 'FAILED  %s does not answer at %s; start ./atelier first\n' "$2" "$1"
        exit 2
    fi
}

# add_toxic NAME JSON puts a fault on the proxy.
add_toxic() {
    call POST "$TOXIPROXY_URL/proxies/$PROXY/toxics" "$2"
    want 200 "toxic $1 added"
}

# send MODE TOPIC KEY MESSAGE SECONDS sends one message and waits for its report.
send() {
    call POST "$BASE_URL/api/v1/test/$1" "{\"topic\":\"$2\",\"key\":\"$3\",\"message\":\"$4\"}" "$5"
}

# clean removes the proxy and what is on it, however the script ends.
clean() { curl --silent --output /dev/null --request DELETE "$TOXIPROXY_URL/proxies/$PROXY" || true; }

reach "$TOXIPROXY_URL/version" Toxiproxy
reach "$BASE_URL/health" "the producer's API"
clean
trap clean EXIT

echo "== The proxy"
call POST "$TOXIPROXY_URL/proxies" "{
    \"name\": \"$PROXY\",
    \"listen\": \"$LISTEN\",
    \"upstream\": \"kafka:9092\",
    \"enabled\": true
  }"
want 201 "proxy $PROXY created"
send plain latency-test before "Test before any fault" 10
want 200 "a message without a fault is acknowledged"

echo "== 6.1 Latency: every answer is 5 seconds late, and the producer's budget is over before"
add_toxic latency_5s '{
    "name": "latency_5s",
    "type": "latency",
    "stream": "downstream",
    "attributes": {
      "latency": 5000,
      "jitter": 500
    }
  }'
send idempotent latency-test latency-1 "Test with latency" 10
want 504 "no acknowledgement in time; the message may be in the log"

echo "== 6.2 Timeout: no answer comes at all, and the connection ends after 2 seconds"
add_toxic timeout_2s '{
    "name": "timeout_2s",
    "type": "timeout",
    "stream": "downstream",
    "attributes": {
      "timeout": 2000
    }
  }'
send plain timeout-test timeout-1 "Test with timeout" 5
want 504 "no acknowledgement in time; the message may be in the log"

echo "== 6.3 Bandwidth: 1 KB of answers a second"
add_toxic bandwidth_1kb '{
    "name": "bandwidth_1kb",
    "type": "bandwidth",
    "stream": "downstream",
    "attributes": {
      "rate": 1
    }
  }'
send plain bandwidth-test bandwidth-1 "Test with limited bandwidth" 30
want 504 "no acknowledgement in time, as the latency and the timeout still act"

echo "== 6.4 Without the toxics"
for toxic in latency_5s timeout_2s; do
    call DELETE "$TOXIPROXY_URL/proxies/$PROXY/toxics/$toxic"
    want 204 "toxic $toxic removed"
done
send plain bandwidth-test bandwidth-2 "Test with limited bandwidth alone" 30
want 200 "the bandwidth alone: an answer is small, and comes in time"
call DELETE "$TOXIPROXY_URL/proxies/$PROXY/toxics/bandwidth_1kb"
want 204 "toxic bandwidth_1kb removed"
call GET "$TOXIPROXY_URL/proxies/$PROXY"
want 200 "the proxy's state: $body"
case $body in
*'"toxics":[]'*) ;;
*)
    echo "FAILED  toxics are left on the proxy"
    exit 1
    ;;
esac
send idempotent latency-test after "Test after the faults" 10
want 200 "a message without a fault is acknowledged again"
echo "All Toxiproxy tests passed."
