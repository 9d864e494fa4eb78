"""The only gate of what a screen may know: `facts` gives each screen the values that its template prints.

Wall and phone read the public value of evaluated topics and nothing else of anybody's answers (P3, P6, P7).
"""

from __future__ import annotations

from datetime import date

from clicker.room.consultant_screen import consultant_facts
from clicker.room.phone_screen import phone_facts
from clicker.room.screens import ConsultantFacts, PhoneFacts, WallFacts
from clicker.room.snapshot import Snapshot
from clicker.room.wall_screen import wall_facts

SCREENS = ("phone", "wall", "consultant", "consultant_private")


def facts(snapshot: Snapshot, screen: str, *, today: date, lang: str) -> PhoneFacts | WallFacts | ConsultantFacts:
    """What one of SCREENS may know of the run as it stands; KeyError for another name."""
    match screen:
        case "phone":
            return phone_facts(snapshot, lang)
        case "wall":
            return wall_facts(snapshot, today, lang)
        case "consultant" | "consultant_private":
            return consultant_facts(snapshot, today, lang, private=screen == "consultant_private")
    raise KeyError(screen)
