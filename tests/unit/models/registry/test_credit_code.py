import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.registry.credit_code import ALPHABET, check_character, is_credit_code

# published codes: the example of GB 32100-2015 and two well-known registrations
PUBLISHED = ("91350100M000100Y43", "91110000802100433B", "914403001922038216")


@pytest.mark.parametrize("code", PUBLISHED)
def test_that_published_codes_pass(code: str) -> None:
    assert is_credit_code(code)


@given(st.sampled_from(PUBLISHED), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_that_any_single_wrong_character_is_found(code: str, place: int, char: str) -> None:
    changed = code[:place] + char + code[place + 1 :]
    assert is_credit_code(changed) == (changed == code)


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_that_the_check_character_completes_a_code(body: str) -> None:
    assert is_credit_code(body + check_character(body))


@pytest.mark.parametrize("body", ["", "91350100M000100Y", "91350100I000100Y4"])
def test_that_bodies_too_short_or_with_foreign_letters_are_refused(body: str) -> None:
    with pytest.raises(ValueError, match="character"):
        check_character(body)


@pytest.mark.parametrize("code", ["100000033493", "91350100m000100y43", "91350100M000100Y4O"])
def test_that_other_ids_are_no_credit_codes(code: str) -> None:
    assert not is_credit_code(code)
