import pytest

from app.demo.credit_code import check_character, fictitious_code, organisation_code


def test_that_the_check_character_of_the_standards_example_comes_out() -> None:
    assert check_character("91350100M000100Y4") == "3"


def test_that_letters_outside_the_alphabet_are_refused() -> None:
    with pytest.raises(ValueError, match="substring"):
        check_character("91350100I000100Y4")


def test_that_fictitious_codes_verify_and_differ() -> None:
    codes = [fictitious_code(n) for n in range(1, 41)]
    assert len(set(codes)) == 40
    for code in codes:
        assert len(code) == 18
        assert code[:8] == "91990000"
        assert check_character(code[:17]) == code[17]
        assert organisation_code(code[8:16]) == code[8:17]
