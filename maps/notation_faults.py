"""Why a typed text gives no coordinates."""

from typing import Literal

Fault = Literal[
    "empty", "too_long", "not_understood", "one_number", "too_many_numbers", "decimal_comma",
    "sign_and_letter", "same_axis", "sixty", "fraction", "order_of_marks", "latitude_range",
    "longitude_range", "utm_zone", "utm_easting", "utm_northing", "utm_band",
]  # fmt: skip

FAULTS: dict[Fault, str] = {
    "empty": "no coordinates are given",
    "too_long": "that is too long for coordinates",
    "not_understood": "'{part}' is not understood",
    "one_number": "two coordinates are needed, one is given",
    "too_many_numbers": "there are more numbers than two coordinates have",
    "decimal_comma": "a comma inside a number is not read: write a decimal point",
    "sign_and_letter": "a minus and a letter contradict each other: leave one of them out",
    "same_axis": "one latitude and one longitude are needed, not two of the same",
    "sixty": "{part} is too large for minutes or seconds: they end below 60",
    "fraction": "{part} has decimals or a sign where a whole number is needed",
    "order_of_marks": "degrees, minutes and seconds must follow in this order",
    "latitude_range": "latitude {part} is outside -90…90",
    "longitude_range": "longitude {part} is outside -180…180",
    "utm_zone": "UTM zone {part} is outside 1…60",
    "utm_easting": "UTM easting {part} is outside 100000…900000 m",
    "utm_northing": "UTM northing {part} is outside 0…10000000 m",
    "utm_band": "zone and northing lie in band {part}, not in the band that is written",
}


class NotationError(ValueError):
    """A text that gives no coordinates; `fault` says why, `part` which piece of it."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(FAULTS[fault].format(part=part))
        self.fault = fault
        self.part = part
