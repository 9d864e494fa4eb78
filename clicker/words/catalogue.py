"""The catalogues: message ids are the English sentences, so English is complete by itself."""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

LANGUAGES = ("da", "en")
FOLDER = Path(__file__).parent.parent / "translations"


@lru_cache(maxsize=len(LANGUAGES) + 1)
def catalogue(lang: str) -> NullTranslations:
    """The catalogue of a language; English message ids where a language has none."""
    return translation("messages", FOLDER, [lang], fallback=True)
