#!/usr/bin/env bash
# The course's Toxiproxy tests: a proxy before Kafka, three faults on it, what
# becomes of a message under each, and what the log says afterwards.
#
# The proxy's upstream is kafka:9092. Atelier takes such a proxy for the proxies
# of all its brokers, so each fault is put before every one of them and meets
# the message on its way. The faults add up: each test has those before it, too.
#
# TOXIPROXY_URL and BASE_URL say where (see ask.sh), LISTEN where the proxy
# listens (0.0.0.0:29093; on this machine alone).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/ask.sh"
LISTEN=${LISTEN:-0.0.0.0:29093}
PROXY=dotnet-api-proxy

# add_toxic NAME JSON puts a fault on the proxy.
add_toxic() {
    call POST "$TOXIPROXY_URL/proxies/$PROXY/toxics" "$2"
    want 200 "toxic $1 added" "toxic $1 posé"
}

# clean removes the proxy and what is on it, however the script ends.
clean() { curl --silent --output /dev/null --request DELETE "$TOXIPROXY_URL/proxies/$PROXY" || true; }

reach "$TOXIPROXY_URL/version" Toxiproxy
reach "$BASE_URL/health" "$(say "the producer's API" "l’API du producteur")"
clean
trap clean EXIT

say "== The proxy" "== Le proxy"
call POST "$TOXIPROXY_URL/proxies" "{
    \"name\": \"$PROXY\",
    \"listen\": \"$LISTEN\",
    \"upstream\": \"kafka:9092\",
    \"enabled\": true
  }"
want 201 "proxy $PROXY created" "proxy $PROXY créé"
send plain latency-test before "Test before any fault"
want 200 "without a fault, a message is acknowledged" "sans panne, un message est acquitté"

say "== 6.1 Latency: every answer is 5 seconds late, and the producer's budget is over before" \
    "== 6.1 Latence : chaque réponse a 5 secondes de retard, et le budget du producteur est épuisé avant"
add_toxic latency_5s '{
    "name": "latency_5s",
    "type": "latency",
    "stream": "downstream",
    "attributes": {
      "latency": 5000,
      "jitter": 500
    }
  }'
send idempotent latency-test latency-1 "Test with latency"
want 504 "no acknowledgement in time; the message may be in the log" "pas d’acquittement à temps ; le message est peut-être dans le journal"
idempotent=$(field eventId)

say "== 6.2 Timeout: no answer comes at all, and the connection ends after 2 seconds" \
    "== 6.2 Timeout : aucune réponse ne vient, et la connexion finit après 2 secondes"
add_toxic timeout_2s '{
    "name": "timeout_2s",
    "type": "timeout",
    "stream": "downstream",
    "attributes": {
      "timeout": 2000
    }
  }'
send plain timeout-test timeout-1 "Test with timeout" 5
want 504 "no acknowledgement in time; the message may be in the log" "pas d’acquittement à temps ; le message est peut-être dans le journal"
plain=$(field eventId)
attempts=$(field attempts)

say "== 6.3 Bandwidth: 1 KB of answers a second" "== 6.3 Bande passante : 1 Ko de réponses par seconde"
add_toxic bandwidth_1kb '{
    "name": "bandwidth_1kb",
    "type": "bandwidth",
    "stream": "downstream",
    "attributes": {
      "rate": 1
    }
  }'
send plain bandwidth-test bandwidth-1 "Test with limited bandwidth" 30
want 504 "no acknowledgement in time, as the latency and the timeout still act" "pas d’acquittement à temps, car la latence et le timeout agissent encore"

say "== 6.4 Without the toxics" "== 6.4 Sans les toxics"
for toxic in latency_5s timeout_2s; do
    call DELETE "$TOXIPROXY_URL/proxies/$PROXY/toxics/$toxic"
    want 204 "toxic $toxic removed" "toxic $toxic retiré"
done
send plain bandwidth-test bandwidth-2 "Test with limited bandwidth alone" 30
want 200 "the bandwidth alone: an answer is small, and comes in time" "la bande passante seule : une réponse est petite, et vient à temps"
call DELETE "$TOXIPROXY_URL/proxies/$PROXY/toxics/bandwidth_1kb"
want 204 "toxic bandwidth_1kb removed" "toxic bandwidth_1kb retiré"
call GET "$TOXIPROXY_URL/proxies/$PROXY"
want 200 "the proxy's state: $body" "l’état du proxy : $body"
same "$(field toxics)" "[]" "no toxic is left on it" "il n’y reste aucun toxic"
send idempotent latency-test after "Test after the faults"
want 200 "without a fault, a message is acknowledged again" "sans panne, un message est de nouveau acquitté"

say "== What the log says of the messages that had no acknowledgement" "== Ce que dit le journal des messages sans acquittement"
audit
if [ "$attempts" -lt 2 ]; then
    failed "plain has not tried again: $attempts attempt" "plain n’a pas réessayé : $attempts tentative"
fi
copies "$plain" "$attempts" "plain, under the timeout: $attempts copies, one of each attempt" "plain, sous le timeout : $attempts copies, une par tentative"
copies "$idempotent" 1 "idempotent, under the latency: one copy, however often it was sent" "idempotent, sous la latence : une seule copie, malgré tous les envois"
say "All Toxiproxy tests passed." "Tous les tests Toxiproxy sont passés."
