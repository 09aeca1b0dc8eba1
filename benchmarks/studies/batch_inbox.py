"""Made-up news in folders, as many as wanted; no text of a publisher."""

from itertools import count, product
from pathlib import Path

__all__ = ["fill", "story"]

_TOWNS = ("Norville", "Elm Falls", "Hallen", "Norvik", "Port Sable", "Lindow", "Carrow", "Tamworth")
_THINGS = ("bridge", "dam", "tunnel", "ferry", "market hall", "school", "mill", "lighthouse")
_FATES = ("collapsed", "burned down", "was flooded", "was sold", "reopened", "lost its roof")
_PEOPLE = ("Ada Wills", "Greta Holm", "Pia Lund", "Tom Barrow", "Ines Calder", "Rolf Amsel")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

_KINDS = tuple(product(_THINGS, _TOWNS, _FATES))


def story(number: int, version: int = 0) -> str:
    """One of many articles; versions tell the same story in other words and other numbers."""
    thing, town, fate = _KINDS[number % len(_KINDS)]
    person = _PEOPLE[number % len(_PEOPLE)]
    day = _DAYS[number % len(_DAYS)]
    hurt, cost = 2 + number % 17, 100 + number % 900
    asked = f"{person}, the mayor, asked for {cost} thousand dollars from the state."
    lines = (
        f"The {thing} of {town} {fate} on {day}, and {hurt} people were hurt, police said.",
        asked if version % 2 == 0 else f"The mayor, {person}, wants {cost} thousand dollars.",
        f"The {thing} in {town} had been inspected in May {1990 + number % 30} for the last time.",
        f"Engineers had warned of the {thing} for {2 + version} years, the {town} Herald reported.",
        f"Nobody in {town} expected it so soon, said a neighbour who saw it on {day}.",
    )
    return "\n\n".join([f"{thing.capitalize()} of {town} {fate}", *lines]) + "\n"


def fill(inbox: Path, folders: int, each: int) -> None:
    """Write that many folders with so many articles each; two of a folder share a story."""
    numbers = count()
    for folder in range(folders):
        place = inbox / f"{folder // 100:02}" / f"{folder:04}"
        place.mkdir(parents=True)
        told = [next(numbers) for _ in range(max(1, each - 1))]
        for index in range(each):
            number, version = told[index % len(told)], index // len(told)
            (place / f"{index}.txt").write_text(story(number, version), encoding="utf-8")
