#!/usr/bin/env bash
# The course's complete validation: all scripts of this folder, one after the
# other, and in the end what each has proved.
#
# BASE_URL and TOXIPROXY_URL say where: see ask.sh. Exit status: 0 where all
# passed, 1 where one did not, 2 where nobody answers.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/ask.sh"

proved=()
failures=0

# prove NAME ENGLISH FRENCH carries a script out, or a function of this one. The
# sentences say what it has proved if it passes.
prove() {
    printf '\n#### %s\n' "$1"
    local run=("$1")
    if [ -f "$here/$1" ]; then run=("${BASH:-bash}" "$here/$1"); fi
    if ("${run[@]}"); then
        proved+=("PASSED  $1: $(say "$2" "$3")")
    else
        proved+=("FAILED  $1")
        failures=$((failures + 1))
    fi
}

# service is the course's checklist for the service itself.
service() {
    call GET "$BASE_URL/health"
    want 200 "it is alive" "il est vivant"
    call GET "$BASE_URL/health/ready"
    want 200 "its cluster answers" "son cluster répond"
    call GET "$BASE_URL/api/v1/status"
    want 200 "its status" "son statut"
    case $body in
    *'"modes":["plain","idempotent"]'*'"sendTypes":["sync","async"]'*) passed "it has both modes and both sendings" "il a les deux modes et les deux envois" ;;
    *) failed "it does not name its modes and sendings" "il ne nomme pas ses modes et ses envois" ;;
    esac
}

reach "$BASE_URL/health" "$(say "the producer's API" "l’API du producteur")"
reach "$TOXIPROXY_URL/version" Toxiproxy

prove service "alive, ready, and it says what it can" "vivant, prêt, et il dit ce qu’il sait faire"
prove reliability-tests.sh "each of the four ways to send gave an acknowledgement and one copy in the log" \
    "chacune des quatre façons d’envoyer a donné un acquittement et une seule copie dans le journal"
prove load-test.sh "many requests at once: as many reports, and as many copies in the log" \
    "beaucoup de requêtes à la fois : autant de rapports, et autant de copies dans le journal"
prove unknown-topic.sh "an unknown topic is refused, and nothing is made of it" \
    "un topic inconnu est refusé, et rien n’en est fait"
prove toxiproxy-tests.sh "toxics touch the messages: late answers leave a copy of each attempt in plain, and one in idempotent; without them all is as before" \
    "les toxics touchent les messages : des réponses en retard laissent une copie par tentative en plain, et une seule en idempotent ; sans eux tout est comme avant"

printf '\n#### %s\n' "$(say "What was proved" "Ce qui est prouvé")"
printf '%s\n' "${proved[@]}"
if [ "$failures" -gt 0 ]; then
    say "$failures of ${#proved[@]} failed." "$failures sur ${#proved[@]} en échec."
    exit 1
fi
say "Complete: all passed." "Complet : tout est passé."
