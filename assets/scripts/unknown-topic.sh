#!/usr/bin/env bash
# The course's error test: a topic that the cluster does not have. The answer
# says so, and what to do; nothing was written, and no topic was made.
#
# BASE_URL says where the producer is: see ask.sh.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/ask.sh"

reach "$BASE_URL/health" "$(say "the producer's API" "l’API du producteur")"

say "== A topic that is not there" "== Un topic qui n’existe pas"
send plain nonexistent-topic error-test "This should fail"
want 404 "an unknown topic is refused" "un topic inconnu est refusé"
same "$(field type)" urn:atelier:problem:unknown-topic "the answer says that it is the topic" "la réponse dit que c’est le topic"
printf '        %s\n        → %s\n' "$(field detail)" "$(field action)"
same "$(field eventId)" "" "no message was made: there is nothing to look for in the log" \
    "aucun message n’a été créé : il n’y a rien à chercher dans le journal"

say "== And again" "== Et encore"
send plain nonexistent-topic error-test "This should fail"
want 404 "the first send has not made the topic" "le premier envoi n’a pas créé le topic"
send plain reliability-test error-test "This should not fail"
want 200 "a topic that is there is served as before" "un topic qui existe est servi comme avant"
say "The error test passed." "Le test d’erreur est passé."
