"""What was deleted is wiped from the file, and nothing is taken for wiped that is not."""

from __future__ import annotations

from clicker.room.wiping import Wiper


def test_what_is_deleted_while_the_file_is_wiped_stays_due() -> None:
    def wipe() -> bool:
        wiper.deleted()
        return True

    wiper = Wiper(wipe)
    wiper.wipe()
    assert wiper.due


def test_a_wipe_that_does_not_come_through_stays_due() -> None:
    def fails() -> bool:
        raise OSError

    for wipe in (lambda: False, fails):
        wiper = Wiper(wipe)
        wiper.wipe()
        assert wiper.due


def test_after_a_wipe_nothing_is_due_until_something_is_deleted() -> None:
    wiper = Wiper(lambda: True)
    wiper.wipe()
    assert not wiper.due
    wiper.deleted()
    assert wiper.due
