"""desk.intake.questions: what stations ask on their booking pages."""

import pytest

from desk.intake.questions import Question, Topic, Whose, asks


@pytest.mark.parametrize(
    ("question", "topic", "whose"),
    [
        ("Name of the other person", Topic.NAME, Whose.OTHER),
        ("Other party", Topic.NAME, Whose.OTHER),
        ("Other party's full name", Topic.NAME, Whose.OTHER),
        ("Who are you meeting?", Topic.NAME, Whose.OTHER),
        ("Name of the person you will meet", Topic.NAME, Whose.OTHER),
        ("Name of the buyer or seller", Topic.NAME, Whose.OTHER),
        ("Buyer's name", Topic.NAME, Whose.RECEIVER),
        ("BUYER", Topic.NAME, Whose.RECEIVER),
        ("Who is the seller?", Topic.NAME, Whose.GIVER),
        ("Receiving adult", Topic.NAME, Whose.RECEIVER),
        ("Releasing adult's name", Topic.NAME, Whose.GIVER),
        ("Phone number", Topic.PHONE, Whose.BOOKER),
        ("Seller's mobile", Topic.PHONE, Whose.GIVER),
        ("Other person's e-mail", Topic.EMAIL, Whose.OTHER),
        ("Number plate", Topic.PLATE, Whose.BOOKER),
        ("License plate of the other driver", Topic.PLATE, Whose.OTHER),
        ("What is exchanged?", Topic.ITEM, Whose.BOOKER),
        ("What is the seller bringing?", Topic.ITEM, Whose.BOOKER),
        ("Item", Topic.ITEM, Whose.BOOKER),
        ("Are you the buyer or the seller?", Topic.ROLE, Whose.BOOKER),
        ("What is your role, seller or buyer?", Topic.ROLE, Whose.BOOKER),
    ],
)
def test_what_is_asked_and_of_whom(question: str, topic: Topic, whose: Whose) -> None:
    assert asks(question) == Question(topic, whose)


@pytest.mark.parametrize(
    "question",
    ["", "Your name", "Child's name", "Reason for meeting", "Are you the buyer?", "Case number"],
)
def test_what_desk_has_no_use_for(question: str) -> None:
    assert asks(question) is None
