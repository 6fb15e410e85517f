#!/usr/bin/env bash
# The course's load test: many requests at the same time, each from a curl of its
# own. Each must get a report, and the log, read back, must hold one copy of each
# message.
#
# BASE_URL says where the producer is (see ask.sh), MESSAGES how many there are (100).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/ask.sh"
MESSAGES=${MESSAGES:-100}

reach "$BASE_URL/health" "$(say "the producer's API" "l’API du producteur")"
answers=$(mktemp -d)
trap 'rm -rf "$answers"' EXIT

say "== $MESSAGES requests at once, idempotent" "== $MESSAGES requêtes à la fois, en idempotent"
for ((i = 1; i <= MESSAGES; i++)); do
    {
        send idempotent load-test "load-$i" "Load test message $i" 60
        printf '%s %s %s\n' "$status" "$(field eventId)" "$(field offset)" >"$answers/$i"
    } &
done
wait

reports=0 ids=
body="$(sort "$answers"/* | cut -d ' ' -f 1 | uniq -c)" # how often each status came
while read -r status id offset; do
    if [ "$status" = 200 ] && [ -n "$offset" ]; then
        reports=$((reports + 1))
        ids=$ids,$id
    fi
done < <(cat "$answers"/*)
same "$reports" "$MESSAGES" "$reports of $MESSAGES requests have a report, with an offset" \
    "$reports requêtes sur $MESSAGES ont un rapport, avec un offset"

say "== What the log says" "== Ce que dit le journal"
audit
copies=0 once=0
while read -r body; do # one curl asks about all of them
    copies=$((copies + $(field copies)))
    if [ "$(field verdict)" = once ]; then once=$((once + 1)); fi
done < <(curl --silent --max-time 60 ${ATELIER_API_TOKEN:+--header "Authorization: Bearer $ATELIER_API_TOKEN"} "$BASE_URL/api/v1/messages/{${ids#,}}")
body="once: $once"
same "$copies" "$MESSAGES" "$copies copies of $MESSAGES messages" "$copies copies de $MESSAGES messages"
same "$once" "$MESSAGES" "each of them once" "chacun une seule fois"
say "The load test passed." "Le test de charge est passé."
