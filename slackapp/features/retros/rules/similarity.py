"""Which notes are alike, and what a topic of them could be called. The same notes give the same topics."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import islice

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from slackapp.core.words import clip, plain

#: Notes belong together if they are that much alike on average, of 100. Tried on notes as teams write them:
#: at 40 what only shares a word is put together, at 60 half of what belongs together is left out.
ALIKE = 48.0

#: What is less alike than that counts as not alike at all, so that one word in common adds up to nothing.
_LEAST = 30.0

#: Two forms of a word: deploy, deploys, deployment.
_SAME_WORD = 0.88

#: Of a long note that many words are compared, and that many make a name.
_COMPARED, _NAMING = 20, 4

_CLIPPED = 60

#: Of many notes, what more than a third of them say tells none apart: the name of what was launched.
_MANY, _COMMON = 30, 3

_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W_]+)*")

#: Words that say how something was, or nothing, and not what it was.
_FILLERS = frozenset(
    """
    a about after again all already also always am an and any are as at be because been before being
    best better big but by can could couldn't did didn't do does doesn't don't during early enough
    every everybody everyone few fine first for from get good got great had hard has have he her his
    how i if in into is isn't it it's its just last late later less like long lot made make many me
    more most much my need needed needs never new nice no nobody not now of off often old on one
    only or our out over own people quite really said say says she short should slow so some
    somebody soon still sure take taken takes team teams tell than thanks that the their them then
    there these they thing things think this those time times to told too took up us very was wasn't
    we well went were weren't what when where which while who why will with without won't work
    worked works would wrong you your
    """.split()  # noqa: SIM905 - a list of two hundred strings says no more
)


@dataclass(frozen=True)
class Alike:
    """Notes that belong together, by their places among those that were given, and a name for them."""

    notes: Sequence[int]
    name: str


def suggest(texts: Sequence[str]) -> list[Alike]:
    """Topics of two notes and more; what is like nothing else is in none, whatever their order."""
    order = sorted(range(len(texts)), key=lambda place: texts[place])
    words = _telling([_words(texts[place]) for place in order])
    links = _links([" ".join(each).casefold() for each in words])
    found = [
        Alike(sorted(order[each] for each in together), _name(together, links, texts, words, order))
        for together in _together(links)
    ]
    return sorted(found, key=lambda each: tuple(each.notes))


def name_of(texts: Sequence[str]) -> str:
    """What a topic of these notes could be called, whether they are alike or not. Empty if there are none."""
    if not texts:
        return ""
    words = [_words(text) for text in texts]
    places = range(len(texts))
    links = _links([" ".join(each).casefold() for each in words])
    return _name(places, links, texts, words, places)


def _words(text: str) -> list[str]:
    found = (word for word in _WORD.findall(text) if word.casefold() not in _FILLERS and not word.isdigit())
    return list(islice(found, _COMPARED))


def _telling(notes: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words of each note without those that too many say."""
    said = Counter(word for words in notes for word in {word.casefold() for word in words})
    most = len(notes) / _COMMON if len(notes) >= _MANY else len(notes)
    return [[word for word in words if said[word.casefold()] <= most] for words in notes]


def _links(keys: Sequence[str]) -> list[dict[int, float]]:
    """Of each note how alike the others are, as far as they are at all."""
    links: list[dict[int, float]] = [{} for _ in keys]
    for place, key in enumerate(keys):
        if not key:
            continue
        rest = keys[place + 1 :]
        for _, alike, ahead in process.extract_iter(
            key, rest, scorer=fuzz.token_set_ratio, processor=None, score_cutoff=_LEAST
        ):
            other = place + 1 + ahead
            links[place][other] = links[other][place] = alike
    return links


def _together(links: Sequence[dict[int, float]]) -> list[list[int]]:
    """The two most alike are put together, then the two most alike of what is left, as long as any are."""
    members = {place: [place] for place in range(len(links))}
    sums = [dict(each) for each in links]
    queue = [
        (-alike, one, other) for one, each in enumerate(sums) for other, alike in each.items() if one < other
    ]
    heapify(queue)
    while queue:
        alike, one, other = heappop(queue)
        if -alike < ALIKE:
            break
        if one not in members or other not in members or -alike != _average(one, other, members, sums):
            continue
        members[one] += members.pop(other)
        del sums[one][other]
        for third, added in sums[other].items():
            if third != one:
                sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + added
                del sums[third][other]
        for third in sums[one]:
            heappush(queue, (-_average(one, third, members, sums), min(one, third), max(one, third)))
    return [sorted(each) for each in members.values() if len(each) > 1]


def _average(one: int, other: int, members: dict[int, list[int]], sums: Sequence[dict[int, float]]) -> float:
    return sums[one].get(other, 0.0) / (len(members[one]) * len(members[other]))


def _name(
    together: Iterable[int],
    links: Sequence[dict[int, float]],
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    order: Sequence[int],
) -> str:
    """The words that most of the notes share, as the note says them that is most like the others; else it."""
    notes = list(together)
    central = max(notes, key=lambda each: (sum(links[each].get(other, 0.0) for other in notes), -each))
    named: list[str] = []
    for word in words[central]:
        sharing = sum(1 for each in notes if _has(words[each], word))
        if len(notes) > 1 and 2 * sharing > len(notes) and not _has(named, word):
            named.append(word)
    if not named:
        return clip(plain(texts[order[central]]), _CLIPPED)
    name = clip(" ".join(named[:_NAMING]), _CLIPPED)
    return name[0].upper() + name[1:]


def _has(words: Iterable[str], wanted: str) -> bool:
    return any(
        JaroWinkler.similarity(word.casefold(), wanted.casefold(), score_cutoff=_SAME_WORD) for word in words
    )
