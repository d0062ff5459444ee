import pytest

from ecf_cli.output import Output
from ecf_cli.refusals import Problem


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\x9b2Jb", "a\u202eb", "a\nb", "a\x07b"])
def test_what_a_terminal_would_obey_is_shown_instead(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """A school's name comes from a file; whoever looks at it is not to be fooled by it."""
    output = Output(json=False)
    output.one({"name": text})
    output.many([{"name": text}], ("name",), "schools")
    output.hint(text)
    output.stopped([Problem.of("name", text, "invalid")])
    shown = capsys.readouterr()
    assert text not in shown.out
    assert text not in shown.err
    assert shown.out.count(repr(text)[1:-1]) == 2
    assert shown.err.count(repr(text)[1:-1]) == 2
