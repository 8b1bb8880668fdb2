"""What a centre answers to uploads. Muster sends nothing else: it never commands a station."""

from app.gateway.hj212.frame import Frame, encode

DATA_ANSWER, NOTICE_ANSWER = "9014", "9013"  # HJ 212-2017, table 9
_UPLOADS = "2"
_PLAIN, _SPLIT = 4, 6  # Flag: version 2017, no answer wanted; with packet numbers (bit D)


def answer(frame: Frame) -> bytes | None:
    """Return the answer to a frame that wants one; None when it doesn't or can't be named.

    Uploads (CN 2…) get a data answer, everything else a notice answer. The packet numbers of a
    split message are given back. Source: HJ 212-2017, 6.4 and annex C; the packet numbers in the
    answer are recalled, not read.
    """
    if not frame.wants_answer or not frame.qn:
        return None
    kind = DATA_ANSWER if frame.cn.startswith(_UPLOADS) else NOTICE_ANSWER
    split = f"PNUM={frame.packets};PNO={frame.packet};" if frame.packets else ""
    data = (
        f"QN={frame.qn};ST=91;CN={kind};PW={frame.pw};MN={frame.mn};"
        f"Flag={_SPLIT if split else _PLAIN};{split}CP=&&&&"
    )
    return encode(data) if data.isascii() else None
