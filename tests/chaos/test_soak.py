"""A long day: thirty phones through more than two hundred questions, some of them always just coming back."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest
from surviving import Lesson, assert_counts_equal, lesson_on
from survivors import Phone, Server

from clicker.cli.consultant_at_work import Consultant

pytestmark = [
    pytest.mark.chaos,
    # The library leaves the sockets of a phone that hangs up to the collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

CLASS = 30
LESSONS = 5
TIMES = 3  # that each lesson's questions are opened
COMES_BACK = 1 / 20  # of a phone, before each question
GROWTH = 1.10


def resident(server: Server) -> int:
    """The server's memory, in kilobytes."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def answer_and_come_back(phone: Phone, chance: random.Random) -> None:
    """Answer everything; now and then hang up and come in again, now and then be torn off and come back."""
    for prompt in list(phone.prompts):
        if chance.random() < COMES_BACK:
            chance.choice([phone.reconnect, phone.tear])()
        phone.vote(prompt["prompt"], chance.choice(prompt["choices"]), threading.Event())


def everybody_answers(held: Lesson, time: int) -> None:
    answering = [
        threading.Thread(target=answer_and_come_back, args=(phone, random.Random(100 * time + phone.number)))
        for phone in held.phones
    ]
    for one in answering:
        one.start()
    for one in answering:
        one.join(120)
    assert_counts_equal(held)


def hold(held: Lesson) -> int:
    """A lesson from the lobby to its end; how many questions were asked."""
    held.open_block()
    asked = 0
    for time in range(TIMES):
        asked += len(held.open_prompts())
        everybody_answers(held, time)
        held.press("close")
        if time < TIMES - 1:
            held.press("reopen")
    held.press("evaluate")
    held.press("finish")
    assert all(phone.over.wait(20) for phone in held.phones)
    return asked


def test_through_two_hundred_questions_with_phones_that_come_and_go_the_memory_stays_flat(server: Server) -> None:
    consultant = Consultant.enter(server.start(), server.address)
    asked, memory = 0, []
    for number in range(LESSONS):
        with lesson_on(server, CLASS, consultant, f"7.{number}") as held:
            asked += hold(held)
        memory.append(resident(server))
    print(f"{asked} questions; after each lesson {[round(kilobytes / 1024, 1) for kilobytes in memory]} MB")
    assert asked >= 200
    assert memory[-1] <= GROWTH * memory[0]
