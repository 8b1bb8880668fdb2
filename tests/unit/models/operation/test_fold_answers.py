"""What a control room says stays with its card; a dead number is followed by the next."""

from models.basics import Name, Phone
from models.operation.checkpoint import decode_checkpoint, encode_checkpoint
from models.operation.events.card import CardClosed, CardOpened, CardVerificationStarted
from models.operation.events.operation import InjectFired
from models.operation.events.order import OrderIssued, OrderReceived
from models.operation.events.resource import NumberMarkedDead
from tests.unit.models.operation.stories import Teller

PHONES = (Phone(number="1", person="Li"), Phone(number="2", dead=True), Phone(number="3"))


def with_card() -> Teller:
    teller = Teller()
    card = CardOpened(
        first_alarm_id="T/HH",
        hazard_source_key="",
        enterprise_key="E",
        title=Name(en="x"),
        priority=1,
    )
    teller.tell(card, "C1")
    return teller


def answer(card_id: str = "C1", **more: str) -> InjectFired:
    data = {"card_id": card_id, "said_by": "Chen", "zh": "是真的", "en": "It is real"} | more
    return InjectFired(inject_key="answer:1", type="control_room_answer", data=data)


def test_that_the_words_are_kept_with_the_card_and_choose_no_result() -> None:
    teller = with_card()
    teller.tell(CardVerificationStarted(phone="1", person="Chen", due_us=1), "C1")
    teller.tell(answer(), "C1")
    said = teller.situation.answers["C1"]
    assert (said.said_by, said.words) == ("Chen", Name(zh="是真的", en="It is real"))
    assert said.at_us == teller.now_us
    card = teller.situation.cards["C1"]
    assert (card.state, card.result) == ("verifying", "")
    assert "answer:1" not in teller.situation.fired


def test_that_an_answer_about_an_unknown_card_is_dropped() -> None:
    teller = with_card()
    teller.tell(answer("C9"), "C9")
    assert not teller.situation.answers


def test_that_other_injects_are_noted_as_fired() -> None:
    teller = with_card()
    teller.tell(InjectFired(inject_key="leak", type="release"), "leak")
    assert teller.situation.fired["leak"] == teller.now_us
    assert not teller.situation.answers


def test_that_an_answer_survives_a_checkpoint_and_leaves_with_its_card() -> None:
    teller = with_card()
    teller.tell(answer(), "C1")
    assert decode_checkpoint(encode_checkpoint(teller.situation)) == teller.situation
    teller.tell(CardClosed(reason="verified:calibration"), "C1")
    assert "C1" in teller.situation.answers
    assert not teller.wait(25).answers


def order(teller: Teller, key: str = "O1") -> None:
    issued = OrderIssued(
        incident_id="I1",
        team_key="T1",
        team_name=Name(en="Team"),
        text="go",
        phones=PHONES,
        receipt_due_us=1,
        feedback_due_us=2,
    )
    teller.tell(issued, key)


def test_that_an_unsigned_order_calls_the_next_number_at_once() -> None:
    teller = Teller()
    order(teller)
    assert teller.situation.orders["O1"].called.number == "1"
    teller.tell(NumberMarkedDead(number="1"), "T1")
    assert teller.situation.orders["O1"].called.number == "3"
    teller.tell(NumberMarkedDead(number="3"), "T1")
    assert teller.situation.orders["O1"].called == Phone(number="")


def test_that_a_signed_order_keeps_the_number_that_answered() -> None:
    teller = Teller()
    order(teller)
    teller.tell(OrderReceived(by="Li", phone="1"), "O1")
    teller.tell(NumberMarkedDead(number="1"), "T1")
    assert teller.situation.orders["O1"].called.number == "1"
    order(teller, "O2")
    teller.tell(NumberMarkedDead(number="9"), "T1")
    assert teller.situation.orders["O2"].called.number == "1"
