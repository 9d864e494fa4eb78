"""Published numbers in words: how much, of whom, how they were found, how old, and where two of them disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clicker.lesson import Account, Disagreement, Fit, Published, Whose, Why
from clicker.words.catalogue import catalogue

COUNTRY = "Danmark"
# From this age on they are called men and women.
GROWN = 20


def decimal(value: float, lang: str) -> str:
    """ "27", "4,3"."""
    text = f"{value:g}"
    return text.replace(".", ",") if lang == "da" else text


def whole(number: int, lang: str) -> str:
    """ "1.390" in Danish, "1,390" in English."""
    return f"{number:,}".replace(",", "." if lang == "da" else ",")


def value_text(row: Published, lang: str) -> str:
    """ "27 %", "about 33 %", "under 1 %", "over 33 %"."""
    _ = catalogue(lang).gettext
    number = decimal(row.value, lang) + "\u00a0%"
    said = {"percent_approx": _("about {number}"), "percent_lt": _("under {number}"), "percent_gt": _("over {number}")}
    return said.get(row.unit, "{number}").format(number=number)


def value_sign(row: Published, lang: str) -> str:
    """The same as short as a picture needs it: "27 %", "ca. 33 %", "< 1 %", "> 33 %"."""
    sign = {"percent_lt": "< ", "percent_gt": "> "}.get(row.unit, "")
    return f"{sign}{decimal(row.value, lang)}\u00a0%" if sign else value_text(row, lang)


def sex_text(row: Published, lang: str) -> str:
    _ = catalogue(lang).gettext
    if row.age_max is not None and row.age_max > GROWN:
        words = {"male": _("men"), "female": _("women"), "all": _("men and women")}
    else:
        words = {"male": _("boys"), "female": _("girls"), "all": _("boys and girls")}
    return words[row.sex]


def group_text(row: Published, lang: str) -> str:
    """The people without their sex: grade, ages where the name does not say them, and the part of the country."""
    _ = catalogue(lang).gettext
    named = not row.grades and any(letter.isdigit() for letter in row.grade)
    ages = "" if named else ages_text(row.age_min, row.age_max, lang)
    parts = (row.grade, ages, "" if row.region == COUNTRY else row.region)
    return ", ".join(part for part in parts if part) or _("age not given")


def people_text(row: Published, lang: str) -> str:
    """All that is known of the people; of parents their sex is not told."""
    sex = "" if row.measure.startswith("parent_") else sex_text(row, lang)
    return ", ".join(part for part in (group_text(row, lang), sex) if part)


def ages_text(low: int | None, high: int | None, lang: str) -> str:
    """ "15 years", "15-16 years", "up to 24 years"; "" where no age is given."""
    _ = catalogue(lang).gettext
    if low is not None and high is not None:
        return _("{ages} years").format(ages=low if low == high else f"{low}-{high}")
    if high is not None:
        return _("up to {age} years").format(age=high)
    return "" if low is None else _("from {age} years").format(age=low)


def whose_word(whose: Whose, lang: str) -> str:
    _ = catalogue(lang).gettext
    return {Whose.COUNTRY: _("the country"), Whose.MUNICIPALITY: _("the municipality")}[whose]


def measure_text(measure: str, lang: str) -> str:
    """What was counted, in plain words; an unknown measure by its own name."""
    _ = catalogue(lang).gettext
    return {
        "prevalence": _("said so about themselves"),
        "objective": _("measured, not asked"),
        "own_approval": _("find it all right"),
        "own_opinion": _("think so themselves"),
        "perceived_approval": _("guess at how many others find it all right"),
        "perceived_prevalence": _("believe that many of their friends do it"),
        "perceived_relative": _("believe that others do it more"),
        "overestimation_share": _("guess too high about others"),
        "parent_perception": _("parents believe so about their child"),
        "parent_report": _("parents said so"),
    }.get(measure, measure)


def topic_group(group: str, lang: str) -> str:
    """The name of a group of topics, as a heading."""
    _ = catalogue(lang).gettext
    return {
        "alcohol": _("Alcohol"),
        "nicotine": _("Nicotine"),
        "tobacco": _("Smoking"),
        "cannabis": _("Cannabis"),
        "drugs": _("Other drugs"),
        "crime": _("Crime"),
        "digital": _("Online"),
        "wellbeing": _("Wellbeing"),
        "class": _("In class"),
        "victimisation": _("What is done to somebody"),
        "sex": _("Sex"),
        "self-harm": _("Self-harm"),
        "neutral": _("Neutral"),
    }.get(group, group)


def grades_text(grades: Sequence[int], lang: str) -> str:
    """ "7th grade", "5th, 6th"; "" for none."""
    _ = catalogue(lang).gettext
    if not grades:
        return ""
    numbers = [f"{grade}." if lang == "da" else str(grade) for grade in grades]
    several = _("{grades} and {last}").format(grades=", ".join(numbers[:-1]), last=numbers[-1])
    return _("grade {grades}").format(grades=several if len(numbers) > 1 else numbers[0])


def fit_text(fit: Fit, lang: str) -> str:
    """ "7. klasse - Alkohol hver uge", and in brackets how the number's people are not the topic's own."""
    _ = catalogue(lang).gettext
    differs = differs_text(fit.differs, lang)
    lesson = grades_text(fit.grades, lang) or fit.lesson_title
    return f"{lesson} – {fit.topic_title}" + (f" ({differs})" if differs else "")


def differs_text(differs: Iterable[str], lang: str) -> str:
    """How a number's people are not the class's own, in a few words; the wording stands with the number."""
    _ = catalogue(lang).gettext
    words: Mapping[str, str] = {
        "grade": _("another grade"),
        "age": _("another age"),
        "region": _("another place"),
        "sex": _("one sex only"),
    }
    return ", ".join(words[one] for one in differs if one in words)


def account_text(account: Account, lang: str) -> str:
    """What a survey says: "17 %", or "16 % of the boys and 5 % of the girls"."""
    _ = catalogue(lang).gettext
    once = {row.sex: value_text(row, lang) for row in reversed(account.rows)}
    if "all" in once:
        return once["all"]
    words = {"male": _("{value} of the boys"), "female": _("{value} of the girls")}
    told = [words[sex].format(value=once[sex]) for sex in words if sex in once]
    return told[0] if len(told) == 1 else _("{first} and {second}").format(first=told[0], second=told[1])


def disagreement_headline(found: Disagreement, lang: str) -> str:
    _ = catalogue(lang).gettext
    if found.same_survey:
        return _("Two reports of one survey disagree")
    return _("Two surveys disagree")


def disagreement_sentence(found: Disagreement, lang: str) -> str:
    """Both by name with their numbers, and which of them the program shows and why."""
    _ = catalogue(lang).gettext
    one, other = (_name(account, found) for account in (found.one, found.other))
    said = _("{people}: {one} says {value} in {year}. {other} says {other_value} in {other_year}.").format(
        people=group_text(found.one.first, lang),
        one=one,
        value=account_text(found.one, lang),
        year=found.one.first.year,
        other=other,
        other_value=account_text(found.other, lang),
        other_year=found.other.first.year,
    )
    return f"{said[:1].upper()}{said[1:]} {_shown_sentence(found, lang)}"


def _shown_sentence(found: Disagreement, lang: str) -> str:
    _ = catalogue(lang).gettext
    if found.shown is None and found.instead:
        return _("The program shows neither of them, but {source}.").format(source=found.instead)
    if found.shown is None or found.why is None:
        return _("The program shows neither of them.")
    reason = {
        Why.NUMBER: _("it gives a number and not a limit"),
        Why.EXACT: _("its number is not rounded"),
        Why.PRIMARY: _("it was read on the survey's own page"),
        Why.UNEXPIRED: _("it is not too old"),
        Why.WHOLE: _("it has one number for all"),
        Why.NEWER: _("it is newer"),
        Why.FIRST: _("it stands first in the list"),
    }[found.why]
    name = _name(found.shown, found)
    return _("The program shows {survey}, {year}, because {reason}.").format(
        survey=name, year=found.shown.first.year, reason=reason
    )


def _name(account: Account, found: Disagreement) -> str:
    """The survey; where both have the same name, with the page it was read on."""
    if found.one.first.survey != found.other.first.survey:
        return account.first.survey
    return f"{account.first.survey} ({page_name(account.first)})"


def page_name(row: Published) -> str:
    """Who printed it; the page's title where that is the survey itself."""
    return row.source.title if row.source.publisher == row.survey else row.source.publisher


def survey_text(row: Published, lang: str) -> str:
    """The survey's name in a picture; a municipality's says that it is one."""
    return row.survey if row.whose is Whose.COUNTRY else f"{whose_word(row.whose, lang)}: {row.survey}"


def extent(rows: Sequence[Published], lang: str) -> str:
    """How many numbers there are, and from which years."""
    counted = catalogue(lang).ngettext("{count} number", "{count} numbers", len(rows)).format(count=len(rows))
    years = [row.year for row in rows]
    span = str(min(years)) if min(years) == max(years) else f"{min(years)}–{max(years)}"
    return f"{counted}, {span}"


def years_description(group: str, series: Iterable[tuple[str, Sequence[Published]]], lang: str) -> str:
    """A picture over years in sentences: for each line its numbers with their years."""
    _ = catalogue(lang).gettext
    told = [f"{group[:1].upper()}{group[1:]}."]
    for name, rows in series:
        numbers = [_("{value} in {year}").format(value=value_text(row, lang), year=row.year) for row in rows]
        told.append(f"{name}: {', '.join(numbers)}.")
    return " ".join(told)


def newest_text(rows: Sequence[Published], lang: str) -> str:
    """The newest of them with whom, when and by whom; "" without rows."""
    if not rows:
        return ""
    row = max(rows, key=lambda row: row.year)
    return f"{value_text(row, lang)}: {people_text(row, lang)}, {row.year}, {row.survey}"


def row_line(row: Published, topics: int, today: date, lang: str) -> str:
    """A number in one line of a terminal; `topics` is how many topics of lessons it fits."""
    spoken = catalogue(lang)
    valid = spoken.gettext("valid until {year}").format(year=row.valid_until)
    old = spoken.gettext("older figure") if row.valid_until < today.year else ""
    used = spoken.ngettext("fits {count} topic", "fits {count} topics", topics).format(count=topics) if topics else ""
    asked = "" if row.measure == "prevalence" else measure_text(row.measure, lang)
    parts = (
        value_text(row, lang).replace("\u00a0", " "),
        people_text(row, lang),
        asked,
        str(row.year),
        row.survey,
        valid,
        old,
        used,
    )
    return f"{row.indicator.id} ({row.indicator.label(lang)}): {' · '.join(part for part in parts if part)}"


def unknown_indicator(name: str, near: Sequence[str], lang: str) -> str:
    _ = catalogue(lang).gettext
    return _("There is no indicator {name}. Nearest are: {near}.").format(name=name, near=", ".join(near))


def no_figures(grade: str, lang: str) -> str:
    _ = catalogue(lang).gettext
    named = grades_text((int(grade),), lang) if grade.isdecimal() else grade
    return _("There are no numbers about {grade}.").format(grade=named)
