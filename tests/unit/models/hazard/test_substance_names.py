import pytest

from models.hazard.substance_names import substance_name


@pytest.mark.parametrize(
    ("substance", "cas", "zh", "en"),
    [
        ("", "7664-41-7", "氨", "Ammonia"),
        ("Ammonia", "", "氨", "Ammonia"),
        ("SODIUM", "7440-23-5", "钠", "Sodium"),
        ("unobtainium", "", "unobtainium", "unobtainium"),
    ],
)
def test_that_a_substance_is_named_in_both_languages(substance, cas, zh, en):
    name = substance_name(substance, cas)
    assert (name.zh, name.en.casefold()) == (zh, en.casefold())
