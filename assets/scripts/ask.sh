# shellcheck shell=bash
# What the scripts of this folder share: how they ask, and how they judge an
# answer. They read it in (source); by itself it does nothing.
#
#   BASE_URL           the producer's HTTP API  (http://localhost:18081)
#   TOXIPROXY_URL      Toxiproxy's API          (http://localhost:8474)
#   ATELIER_API_TOKEN  the HTTP API's token, where it wants one
#
# Needs curl and bash. Exit status: 0 where everything came as it must, 1 where
# something did not, 2 where nobody answers.
BASE_URL=${BASE_URL:-http://localhost:18081}
TOXIPROXY_URL=${TOXIPROXY_URL:-http://localhost:8474}
BASE_URL=${BASE_URL%/} TOXIPROXY_URL=${TOXIPROXY_URL%/}

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
fr*) lang=fr ;;
*) lang=en ;;
esac

# say ENGLISH FRENCH says a sentence in the locale's language.
say() { if [ "$lang" = fr ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }

# call METHOD URL [BODY [SECONDS]] asks. It sets $status and $body; a status of
# 000 is no answer.
call() {
    local answer token=
    case $2 in "$BASE_URL"*) token=${ATELIER_API_TOKEN:-} ;; esac
    answer=$(curl --silent --request "$1" "$2" \
        --header "Content-Type: application/json" --header "Accept-Language: $lang" \
        ${token:+--header "Authorization: Bearer $token"} \
        ${3:+--data "$3"} --max-time "${4:-10}" --write-out '\n%{http_code}') || true
    status=${answer##*$'\n'}
    body=${answer%$'\n'*}
}

# field NAME is what the last answer says under a name: a text or a number.
field() {
    local pattern="\"$1\":(\"(([^\"\\]|\\\\.)*)\"|[^\",}]*)"
    if [[ $body =~ $pattern ]]; then
        case ${BASH_REMATCH[1]} in
        \"*) printf '%s' "${BASH_REMATCH[2]}" ;;
        *) printf '%s' "${BASH_REMATCH[1]}" ;;
        esac
    fi
}

# passed ENGLISH FRENCH says what came as it must.
passed() { printf 'ok      %s\n' "$(say "$1" "$2")"; }

# failed ENGLISH FRENCH ends the script: something did not come as it must.
failed() {
    printf 'FAILED  %s\n        %s\n' "$(say "$1" "$2")" "$body"
    exit 1
}

# want STATUS ENGLISH FRENCH judges the last answer by its status.
want() {
    if [ "$status" != "$1" ]; then
        failed "$2: status $status, want $1" "$3 : statut $status au lieu de $1"
    fi
    passed "$2 ($status)" "$3 ($status)"
}

# same GOT WANT ENGLISH FRENCH judges a value.
same() {
    if [ "$1" != "$2" ]; then
        failed "$3: it is \"$1\", want \"$2\"" "$4 : c’est « $1 » au lieu de « $2 »"
    fi
    passed "$3" "$4"
}

# reach URL WHO ends the script where nobody answers.
reach() {
    call GET "$1"
    if [ "$status" = 000 ]; then
        printf 'FAILED  %s\n' "$(say "$2 does not answer at $1; start ./atelier first" "$2 ne répond pas sur $1 ; démarrez d’abord ./atelier")"
        exit 2
    fi
}

# send WAY TOPIC KEY MESSAGE [SECONDS] sends one message: plain, idempotent,
# plain-async or idempotent-async.
send() {
    call POST "$BASE_URL/api/v1/test/$1" "{\"topic\":\"$2\",\"key\":\"$3\",\"message\":\"$4\"}" "${5:-10}"
}

# audit has the log read back.
audit() {
    call POST "$BASE_URL/api/v1/audit" "" 60
    want 200 "the log has been read back" "le journal a été relu"
}

# copies EVENT_ID COUNT ENGLISH FRENCH judges, after an audit, how often a message
# stands in the log.
copies() {
    call GET "$BASE_URL/api/v1/messages/$1"
    same "$(field copies)" "$2" "$3" "$4"
}
