"""How schemathesis asks this API, and what it holds against it beside its own checks."""

import schemathesis

# Why a request that keeps to its schema may be refused all the same: the
# document has an example of each.
ALLOWED = {
    "unknown-topic",
    "not-found",
    "conflict",  # a toxic of that name is there
    "unprocessable",  # no such partition, no such broker, no lab script
    "too-large",
    "too-much-in-flight",
}

# What a path may say, a body and a query too; each has two words for one thing.
WAYS = ("mode", "sendMode", "isIdempotent", "isAsync")


def is_valid(case):
    """Whether the case keeps to its schema."""
    return case.meta is not None and case.meta.generation.mode.is_positive


@schemathesis.hook
def before_call(context, case, kwargs):
    """A schema can't say that the parts of a request must agree: leave all but one of them out."""
    path = case.operation.path
    if not is_valid(case) or not path.startswith(("/api/v1/send", "/api/v1/test/")):
        return
    parts = [part for part in (case.body, case.query) if isinstance(part, dict)]
    if len(parts) == 2 and parts[0]:
        case.query = {}
    for part in parts:
        for way in WAYS[0 if "/test/" in path else 2 :]:
            part.pop(way, None)


@schemathesis.check
def refused_for_a_reason(ctx, response, case):
    """A refusal says what and what to do; a valid request is refused only for what a schema can't say."""
    if response.status_code < 400:
        return
    problem = response.json()
    for field in ("type", "title", "detail", "action"):
        if not problem.get(field) or "%!" in problem[field]:
            raise AssertionError(f"{field} is {problem.get(field)!r}")
    if problem["status"] != response.status_code:
        raise AssertionError(f"status {problem['status']} under {response.status_code}")
    kind = problem["type"].removeprefix("urn:atelier:problem:")
    if is_valid(case) and kind not in ALLOWED:
        raise AssertionError(f"a request that keeps to its schema was refused: {kind}")
