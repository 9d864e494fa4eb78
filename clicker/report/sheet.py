"""One A4 per lesson: for parents (or those who take part) and for the teacher (or the host), before it is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from clicker import words
from clicker.lesson import AnswerType, Audience, Kind, Lesson, Polarity, Prompt, Sensitivity, Step, StepKind, Topic
from clicker.lesson.answers import DEGREES
from clicker.lesson.helping import Contact
from clicker.words.agreement import who_joins_question
from clicker.words.answers import answer_labels, no_answer_label

KINDS = ("parents", "teacher")
NOBODY = Contact()

Say = Callable[[str], str]


@dataclass(frozen=True)
class Part:
    """A heading with its sentences."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """The words of one question, and all that may be answered, the way not to answer last."""

    text: str
    answers: str


@dataclass(frozen=True)
class Subject:
    """The questions of one topic."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class SheetStep:
    """One step as the teacher reads it; `minutes` is the plan, 0 where none is given."""

    title: str
    minutes: int
    notes: str
    avoid: str


@dataclass(frozen=True)
class Sheet:
    """All words of one sheet, in the order of printing; `contact` are labels, each with what is known
    or "" for a blank to fill in."""

    kind: str
    lang: str
    title: str
    heading: str
    before: tuple[Part, ...]
    asked: str
    subjects: tuple[Subject, ...]
    after: tuple[Part, ...]
    steps_heading: str
    columns: tuple[str, ...]
    steps: tuple[SheetStep, ...]
    contact_heading: str
    contact: tuple[tuple[str, str], ...]
    footer: str


def sheet(lesson: Lesson, kind: str, today: date, lang: str, contact: Contact = NOBODY) -> Sheet:
    """The sheet of a lesson; `kind` is one of KINDS, else ValueError. `today` is printed on it."""
    if kind not in KINDS:
        raise ValueError(kind)
    _ = words.catalogue(lang).gettext
    teacher = kind == "teacher"
    return Sheet(
        kind=kind,
        lang=lang,
        title=lesson.title,
        heading=_heading(lesson, teacher, _),
        before=(_purpose(lesson, _), _how(lesson, _), *([_before_we_start(lesson, _)] if teacher else [])),
        asked=_("All questions"),
        subjects=_subjects(lesson, lang),
        after=(_voluntary(lesson, teacher, _), _kept(lesson, _), _seen(lesson, _), *_at_home(lesson, teacher, _)),
        steps_heading=_("Step by step") if teacher else "",
        columns=(_("Step"), _("Minutes"), _("How"), _("Avoid")),
        steps=tuple(_step(lesson, step, _) for step in lesson.steps) if teacher else (),
        contact_heading=_("Contact"),
        contact=_contact(lesson, teacher, contact, _),
        footer=_("Version {version}, {day}").format(version=lesson.version, day=words.day(today, lang)),
    )


def _of_children(lesson: Lesson) -> bool:
    return lesson.audience in (Audience.PUPILS, Audience.STUDENTS)


def _heading(lesson: Lesson, teacher: bool, _: Say) -> str:
    if _of_children(lesson):
        return _("To the teacher") if teacher else _("To parents")
    return _("To the host") if teacher else _("To you who take part")


def _purpose(lesson: Lesson, _: Say) -> Part:
    promise = _("We put wrong guesses right. We do not promise that anybody changes what they do.")
    return Part(_("Why?"), tuple(line for line in (lesson.purpose, lesson.goal, promise) if line))


def _how(lesson: Lesson, _: Say) -> Part:
    minutes = sum(step.minutes for step in lesson.steps)
    planned = _("It takes about {minutes} minutes.").format(minutes=minutes) if minutes else ""
    lines = (
        _("Everybody guesses and answers on a phone. Nobody writes a name, and nobody logs in."),
        _("Then we look at numbers for the whole group on the wall and talk about them."),
        _("We ask about more than we show."),
        planned,
    )
    return Part(_("How does it work?"), tuple(line for line in lines if line))


def _before_we_start(lesson: Lesson, _: Say) -> Part:
    if not _of_children(lesson):
        hits = _(
            "Can a topic hit somebody in the room? Tell the consultant. It can be left out, and nobody is told why."
        )
        return Part(_("Before we start"), (hits,))
    return Part(
        _("Before we start"),
        (
            _("Can a topic hit a certain pupil? Tell the consultant. It can be left out, and nobody is told why."),
            _("Give the parents their sheet in good time."),
            _("Stay in the room, but do not answer. Do not walk around and look at screens."),
        ),
    )


def _voluntary(lesson: Lesson, teacher: bool, _: Say) -> Part:
    skip = _("Every question can be skipped. We do not show who skips.")
    if _of_children(lesson) and not teacher:
        out = _("Do you not want your child to answer? Then write to us. Your child can still take part in the talk.")
    else:
        out = _("Whoever does not want to answer can still take part in the talk.")
    return Part(_("It is voluntary"), (skip, out))


def _kept_afterwards(lesson: Lesson, _: Say) -> str:
    if any(step.kind is StepKind.AGREE for step in lesson.steps):
        return _(
            "After that only numbers for the whole group and its agreement are kept, with the names of the school "
            "and the group."
        )
    return _("After that only numbers for the whole group are kept, with the names of the school and the group.")


def _kept(lesson: Lesson, _: Say) -> Part:
    return Part(
        _("What is kept?"),
        (
            _("While we are at work, the answers lie under a random number. They are deleted when we finish."),
            _("If we forget to finish, it happens about 4 hours after the consultant's last press."),
            _("If the computer is off by then, it happens when the program starts again."),
            _kept_afterwards(lesson, _),
            _("If 3 or fewer say yes to something private, we do not show how many."),
            _("We keep no name, no IP address and nothing about the phone."),
            _("The phone gets one cookie, so that it can keep its place. It lasts 4 hours at most."),
            _("The program does not show others what one person answers."),
        ),
    )


def _seen(lesson: Lesson, _: Say) -> Part:
    heading = _("What may parents see?") if _of_children(lesson) else _("What may others see?")
    if not lesson.told:
        return Part(heading, (_("The numbers of the group are not shown to parents or others."),))
    lines = [_("Only numbers that have been on the wall. Never what one person answers.")]
    lines.append(_("They can be added to those of other groups. A sentence can stand on a poster."))
    delicate = [topic for topic in _asked(lesson) if topic.own and topic.sensitivity is Sensitivity.S2]
    private = [topic.title for topic in delicate if topic.polarity is not Polarity.NEUTRAL]
    kept_back = [topic.title for topic in delicate if topic.polarity is Polarity.NEUTRAL]
    if private:
        line = _(
            "{topics}: Only what we guessed, what we find all right, and one sentence that begins with “At least”."
        )
        lines.append(line.format(topics=", ".join(private)))
        lines.append(_("On a poster these are always of several groups together."))
    if kept_back:
        lines.append(_("{topics}: Nothing of it.").format(topics=", ".join(kept_back)))
    return Part(heading, tuple(lines))


def _at_home(lesson: Lesson, teacher: bool, _: Say) -> tuple[Part, ...]:
    if teacher or not _of_children(lesson):
        return ()
    line = _("Do not ask: “What did you answer?” Rather ask: “What surprised you?”")
    return (Part(_("Talk about it at home"), (line,)),)


def _contact(lesson: Lesson, teacher: bool, contact: Contact, _: Say) -> tuple[tuple[str, str], ...]:
    who = ", ".join(part for part in (contact.name, contact.municipality) if part)
    lines = [(_("Consultant"), who), (_("Telephone"), contact.phone), (_("Email"), contact.mail)]
    if _of_children(lesson) and not teacher:
        lines.append((_("Teacher"), ""))
    return ((_("Date and time"), ""), *lines, (_("Data protection officer"), ""))


def _asked(lesson: Lesson) -> tuple[Topic, ...]:
    """Every topic that may be asked: those of the steps, then the reserve."""
    return (*lesson.asked_topics(), *(lesson.topic(topic) for topic in lesson.reserve))


def _subjects(lesson: Lesson, lang: str) -> tuple[Subject, ...]:
    _ = words.catalogue(lang).gettext
    of_class = _("{topic} (if the class was asked)")
    asked = [
        _subject(of_class.format(topic=topic.title) if topic.about else topic.title, topic.prompts(), lang)
        for topic in lesson.asked_topics()
    ]
    again = [prompt for topic in _asked_again(lesson) if (prompt := topic.again)]
    votes = [step for step in lesson.steps if step.kind is StepKind.AGREE]
    dilemmas = [step for step in lesson.steps if step.kind is StepKind.DILEMMA]
    closing = [Prompt(Kind.CLOSING, text, AnswerType.DEGREE) for text in lesson.closing]
    reserve = [lesson.topic(topic) for topic in lesson.reserve]
    perhaps = _("{topic} (if there is time)")
    return (
        *asked,
        *([_subject(_("We guess again"), again, lang)] if again else []),
        *(_subject(step.title, [_dilemma(step)], lang) for step in dilemmas),
        *(Subject(_("Agreement"), tuple(_votes(step, lang))) for step in votes),
        *([_subject(_("About the lesson"), closing, lang)] if closing else []),
        *(_subject(perhaps.format(topic=topic.title), topic.prompts(), lang) for topic in reserve),
    )


def _asked_again(lesson: Lesson) -> list[Topic]:
    return [lesson.topic(topic) for step in lesson.steps if step.kind is StepKind.AGAIN for topic in step.topics]


def _subject(title: str, prompts: Iterable[Prompt], lang: str) -> Subject:
    return Subject(title, tuple(_question(prompt, lang) for prompt in prompts))


def _question(prompt: Prompt, lang: str) -> Question:
    # How many are present is not known yet.
    text = prompt.text.replace("{others} ", "").replace("{present} ", "").replace("{children}", "…")
    return Question(text, " / ".join((*_answers(prompt, lang), no_answer_label(prompt.kind, lang))))


def _answers(prompt: Prompt, lang: str) -> tuple[str, ...]:
    _ = words.catalogue(lang).gettext
    sizes = {AnswerType.YES_NO: 2, AnswerType.AGREE4: 4, AnswerType.DEGREE: DEGREES}
    sizes[AnswerType.ONE_OF] = len(prompt.options)
    if prompt.type in sizes:
        tokens = [str(index) for index in range(sizes[prompt.type])]
        labels = answer_labels(prompt.type, prompt.options, tokens, lang)
        return labels[::-1] if prompt.type is AnswerType.YES_NO else labels
    return (_("an age"),) if prompt.type is AnswerType.AGE else (_("a number"),)


def _dilemma(step: Step) -> Prompt:
    return Prompt(Kind.DILEMMA, step.question, AnswerType.ONE_OF, options=step.choices)


def _votes(step: Step, lang: str) -> Iterable[Question]:
    """Each proposal is voted on; of what is to hold for all, also who is with it. More may be typed in class."""
    _ = words.catalogue(lang).gettext
    listed = " / ".join((*step.proposals, _("proposals made by the group")))
    yield Question(f"{step.title} {listed}", _vote_answers(AnswerType.SUPPORT3, 3, lang))
    if not step.products:
        yield Question(who_joins_question(lang), _vote_answers(AnswerType.WITH2, 2, lang))


def _vote_answers(answer_type: AnswerType, size: int, lang: str) -> str:
    labels = answer_labels(answer_type, (), [str(token) for token in range(size)], lang)
    return " / ".join((*labels, no_answer_label(Kind.AGREEMENT, lang)))


def _step(lesson: Lesson, step: Step, _: Say) -> SheetStep:
    title = step.title
    notes, avoid = [step.notes], [step.avoid]
    if step.kind is StepKind.SHOW:
        topic = lesson.topic(step.topics[0])
        title = _("Show: {topic}").format(topic=topic.title)
        notes, avoid = [topic.notes, step.notes], [topic.avoid, step.avoid]
    return SheetStep(title, step.minutes, _joined(notes), _joined(avoid))


def _joined(texts: Iterable[str]) -> str:
    """The texts as one, none of them twice."""
    return " ".join(dict.fromkeys(text.strip() for text in texts if text.strip()))
