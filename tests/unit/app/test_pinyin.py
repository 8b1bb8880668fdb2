import json
import os
import subprocess
import sys

from app.pinyin import phrases, syllables

# pypinyin reads its whole dictionary or none when it is imported: each needs its own process
_WHOLE = """
import json
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

found = {}
for phrase, readings in phrases_dict.items():
    alone = [pinyin_dict.get(ord(one), "").split(",")[0] for one in phrase]
    toned = [reading[0] for reading in readings]
    if len(toned) == len(phrase) and [*map(to_normal, toned)] != [*map(to_normal, alone)]:
        found[phrase] = [[sound] for sound in toned]
print(json.dumps(found))
"""


def test_that_a_phrase_sounds_otherwise_than_its_characters() -> None:
    assert syllables("重庆") == ["chong", "qing"]
    assert syllables("调节阀") == ["tiao", "jie", "fa"]
    assert syllables("氯气储罐") == ["lv", "qi", "chu", "guan"]


def test_that_the_switch_of_pypinyin_is_put_back() -> None:
    syllables("氯")
    assert "PYPINYIN_NO_PHRASES" not in os.environ


def test_that_no_phrase_of_pypinyin_is_missing_that_sounds_otherwise() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WHOLE], capture_output=True, text=True, check=True, timeout=60
    )
    assert phrases() == json.loads(done.stdout)
