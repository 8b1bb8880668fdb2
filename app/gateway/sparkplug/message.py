"""The payload of Sparkplug B as a protobuf message, described here: no compiler is needed.

Only what is read is declared (Sparkplug 3.0.0, 6.4); templates, data sets and extensions are
unknown fields, which protobuf skips.
"""

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_F = descriptor_pb2.FieldDescriptorProto
_PACKAGE = "muster.sparkplug"
_STRING, _BYTES, _BOOL = _F.TYPE_STRING, _F.TYPE_BYTES, _F.TYPE_BOOL
_U32, _U64, _FLOAT, _DOUBLE = _F.TYPE_UINT32, _F.TYPE_UINT64, _F.TYPE_FLOAT, _F.TYPE_DOUBLE
_VALUES = ("int_value", "long_value", "float_value", "double_value", "boolean_value")
_VALUE_TYPES = (_U32, _U64, _FLOAT, _DOUBLE, _BOOL)


def _add(
    message: descriptor_pb2.DescriptorProto,
    name: str,
    number: int,
    kind: int,
    *,
    of: str = "",
    repeated: bool = False,
    in_value: bool = False,
) -> None:
    field = message.field.add(name=name, number=number)
    field.type = kind  # type: ignore[assignment]
    field.label = _F.LABEL_REPEATED if repeated else _F.LABEL_OPTIONAL
    if of:
        field.type_name = f".{_PACKAGE}.{of}"
    if in_value:
        field.oneof_index = 0


def _file() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(
        name="muster/sparkplug.proto", package=_PACKAGE, syntax="proto2"
    )
    payload = file.message_type.add(name="Payload")
    _add(payload, "timestamp", 1, _U64)
    _add(payload, "metrics", 2, _F.TYPE_MESSAGE, of="Metric", repeated=True)
    _add(payload, "seq", 3, _U64)
    metric = file.message_type.add(name="Metric")
    for number, (name, kind) in enumerate(
        (("name", _STRING), ("alias", _U64), ("timestamp", _U64), ("datatype", _U32),
         ("is_historical", _BOOL), ("is_transient", _BOOL), ("is_null", _BOOL)), 1,
    ):  # fmt: skip
        _add(metric, name, number, kind)
    _add(metric, "properties", 9, _F.TYPE_MESSAGE, of="PropertySet")
    metric.oneof_decl.add(name="value")
    for name, number, kind in zip(_VALUES, range(10, 15), _VALUE_TYPES, strict=True):
        _add(metric, name, number, kind, in_value=True)
    _add(metric, "string_value", 15, _BYTES, in_value=True)  # bytes: bad UTF-8 costs one metric
    properties = file.message_type.add(name="PropertySet")
    _add(properties, "keys", 1, _BYTES, repeated=True)
    _add(properties, "values", 2, _F.TYPE_MESSAGE, of="PropertyValue", repeated=True)
    value = file.message_type.add(name="PropertyValue")
    _add(value, "type", 1, _U32)
    _add(value, "is_null", 2, _BOOL)
    value.oneof_decl.add(name="value")
    for name, number, kind in zip(_VALUES, range(3, 8), _VALUE_TYPES, strict=True):
        _add(value, name, number, kind, in_value=True)
    return file


def _payload_class() -> Any:  # noqa: ANN401 - made at run time
    pool = descriptor_pool.DescriptorPool()
    pool.Add(_file())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.Payload"))


Payload: Any = _payload_class()
