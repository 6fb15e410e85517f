#!/usr/bin/env bash
# The course's four reliability tests: one message in each of the four ways to
# send. A sync send answers with the report; an async one answers at once, and
# the report is asked for. Then the log is read back: one copy of each.
#
# BASE_URL says where the producer is: see ask.sh.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/ask.sh"

# reported REQUEST_ID waits until the producer has heard what became of a request.
reported() {
    for _ in {1..100}; do
        call GET "$BASE_URL/api/v1/status?requestId=$1"
        if [ "$(field state)" != PENDING ]; then break; fi
        sleep 0.1
    done
    same "$(field state)" OK "$way: its report came: partition $(field partition), offset $(field offset)" \
        "$way : son rapport est venu : partition $(field partition), offset $(field offset)"
}

reach "$BASE_URL/health" "$(say "the producer's API" "l’API du producteur")"

way=plain
say "== Test 1: plain, sync" "== Test 1 : plain, sync"
send plain reliability-test plain-1 "Plain test message 1"
want 200 "$way: acknowledged: partition $(field partition), offset $(field offset)" \
    "$way : acquitté : partition $(field partition), offset $(field offset)"
plain=$(field eventId)

way=idempotent
say "== Test 2: idempotent, sync" "== Test 2 : idempotent, sync"
send idempotent reliability-test idempotent-1 "Idempotent test message 1"
want 200 "$way: acknowledged: partition $(field partition), offset $(field offset)" \
    "$way : acquitté : partition $(field partition), offset $(field offset)"
idempotent=$(field eventId)

way="plain-async"
say "== Test 3: plain, async" "== Test 3 : plain, async"
send plain-async performance-test async-1 "Async test message 1"
want 202 "$way: taken at once; nothing is known yet" "$way : pris aussitôt ; rien n’est encore su"
plain_async=$(field eventId)
reported "$(field requestId)"

way="idempotent-async"
say "== Test 4: idempotent, async" "== Test 4 : idempotent, async"
send idempotent-async performance-test idempotent-async-1 "Idempotent async test message 1"
want 202 "$way: taken at once; nothing is known yet" "$way : pris aussitôt ; rien n’est encore su"
idempotent_async=$(field eventId)
reported "$(field requestId)"

say "== What the log says" "== Ce que dit le journal"
audit
copies "$plain" 1 "plain: one copy" "plain : une seule copie"
copies "$idempotent" 1 "idempotent: one copy" "idempotent : une seule copie"
copies "$plain_async" 1 "plain-async: one copy" "plain-async : une seule copie"
copies "$idempotent_async" 1 "idempotent-async: one copy" "idempotent-async : une seule copie"
say "All reliability tests passed." "Tous les tests de fiabilité sont passés."
