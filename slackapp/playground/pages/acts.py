"""What a person does, from a page: a form comes in, `{}` or a sentence goes out."""

import json
from collections.abc import Awaitable
from typing import TypeAlias
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from slackapp.playground.slack import ImpossibleError

#: Nobody types that much; a modal's fields hold 3,000 characters each.
LARGEST = 1_000_000

NO_FORM = "That is no form this page could have sent."

#: Two hands at one screen would spoil what both are doing.
BEING_MADE = "The half year is still being made, by these very people. Look around, and do things later."


#: The fields of a form; of a name given twice the last.
Form: TypeAlias = ImmutableMultiDict[str, str]


async def form(request: Request) -> Form:
    """The fields of a form-encoded body, and of the address it was sent to. HTTPException 413 or 400."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413, "That is more than this page ever sends.")
    try:
        text = body.decode()
        fields = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise HTTPException(400, NO_FORM) from None
    request.state.form = Form([*request.query_params.multi_items(), *fields])
    return form_of(request)


def form_of(request: Request) -> Form:
    """What `form` has read of this request."""
    read: Form = getattr(request.state, "form", Form())
    return read


def document(text: str) -> object:
    """What a field holds as JSON. HTTPException 400 for what is none, or what no browser could have made."""
    try:
        found: object = json.loads(text)
        # JSON can hold half a surrogate pair, UTF-8 cannot.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise HTTPException(400, NO_FORM) from None
    return found


async def answered(act: Awaitable[object]) -> Response:
    """Carry an act out: `{}`, or 409 with the sentence that says why this person could not do it."""
    try:
        await act
    except ImpossibleError as error:
        return refused(str(error))
    return JSONResponse({})


def refused(sentence: str, status: int = 409) -> Response:
    return JSONResponse({"error": sentence[:1].upper() + sentence[1:]}, status)
