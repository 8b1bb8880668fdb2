"""Builds Sparkplug payloads as an edge node would."""

from app.gateway.sparkplug.message import Payload

TYPES = {"int_value": 3, "long_value": 4, "float_value": 9, "double_value": 10,
         "boolean_value": 11, "string_value": 12}  # fmt: skip


def metric(name="", alias=None, at_ms=None, quality=None, **value):
    return {"name": name, "alias": alias, "at_ms": at_ms, "quality": quality, **value}


def payload(seq, *metrics, at_ms=None):
    message = Payload()
    if seq is not None:
        message.seq = seq
    if at_ms is not None:
        message.timestamp = at_ms
    for wanted in metrics:
        fields = dict(wanted)
        made = message.metrics.add()
        name, alias, at = fields.pop("name"), fields.pop("alias"), fields.pop("at_ms")
        quality = fields.pop("quality")
        if name:
            made.name = name
        if alias is not None:
            made.alias = alias
        if at is not None:
            made.timestamp = at
        for key, value in fields.items():
            setattr(made, key, value)
            if name and key in TYPES and "datatype" not in fields:
                made.datatype = TYPES[key]
        if quality is not None:
            made.properties.keys.append(b"Quality")
            made.properties.values.add(type=3, int_value=quality)
    return message.SerializeToString()
