"""The shapes of what is answered and sent, from the classes that are encoded and read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_args, get_origin

import msgspec

from ecf_http.body import Attribute
from ecf_http.refusals import Errors
from ecf_http.wire.documents import Document, Documents, Resource

Schema = dict[str, Any]
_NAMES: Final[Mapping[Any, str]] = {
    Document: "{}Document",
    Documents: "{}List",
    Resource: "{}",
}


def name_of(answer: Any) -> str:
    """How the schema of an answer is called: that of schools is ``SchoolList``."""
    (attributes,) = get_args(answer)
    return _NAMES[get_origin(answer)].format(_subject(attributes))


def _subject(attributes: type) -> str:
    return attributes.__name__.removesuffix("Attributes")


def components(answers: Iterable[Any]) -> dict[str, Schema]:
    """The schemas of all answers by name, and of the things in them."""
    answered = list(dict.fromkeys(answers))
    attributes = list(dict.fromkeys(get_args(answer)[0] for answer in answered))
    every = [*(Resource[of] for of in attributes), *answered]  # type: ignore[valid-type]
    references, schemas = msgspec.json.schema_components(
        [*every, Errors], ref_template="#/components/schemas/{name}"
    )
    generated = [reference["$ref"].rpartition("/")[2] for reference in references]
    names = dict(zip(generated, map(name_of, every), strict=False))
    named = {names.get(key, key): _renamed(schema, names) for key, schema in schemas.items()}
    for of in attributes:
        named[_subject(of)]["properties"]["type"] = {"const": of.TYPE}
    return named


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """With the names of the schemas that it refers to, and without titles that only repeat them."""
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        path, _, name = value["$ref"].rpartition("/")
        return {"$ref": f"{path}/{names.get(name, name)}"}
    titled = isinstance(value.get("title"), str)
    return {k: _renamed(v, names) for k, v in value.items() if not (titled and k == "title")}


def sent(attributes: Sequence[Attribute], type_: str) -> Schema:
    """The body of a write, as JSON."""
    properties = {attribute.name: attribute.schema for attribute in attributes}
    shape: Schema = {
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {
                "type": "object",
                "required": ["attributes"],
                "properties": {
                    "type": {"description": "Not looked at.", "examples": [type_]},
                    "attributes": {
                        "type": "object",
                        "required": [a.name for a in attributes if a.required],
                        "properties": properties,
                    },
                },
            }
        },
    }
    return shape


def sent_as_form(attributes: Sequence[Attribute]) -> Schema:
    """The body of a write, as a form."""
    names = {a.name: f"data[attributes][{a.name}]" for a in attributes}
    properties = {names[a.name]: {**a.schema, "type": "string"} for a in attributes}
    # What is given once as a text and once with brackets has no value.
    other = {"not": {"pattern": r"^data(\[|$)"}}
    return {
        "type": "object",
        "required": [names[a.name] for a in attributes if a.required],
        "properties": properties,
        "propertyNames": {"anyOf": [{"enum": list(properties)}, other]},
    }


def example(schema: Mapping[str, Any], schemas: Mapping[str, Schema]) -> Any:
    """An example of the whole, put together from those of its parts."""
    if "$ref" in schema:
        found = example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    elif "const" in schema:
        found = schema["const"]
    elif "examples" in schema:
        found = schema["examples"][0]
    elif "anyOf" in schema:
        found = example(schema["anyOf"][0], schemas)
    elif schema.get("type") == "array":
        found = [example(schema["items"], schemas)]
    else:
        found = {key: example(part, schemas) for key, part in schema["properties"].items()}
    return found
