"""The library as another team installs it: its wheel and attrs, and nothing else."""

import re
import subprocess
import sys
import venv
import zipfile
from email.parser import HeaderParser
from importlib.metadata import files
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
LOADED = """
import json, sys
before = set(sys.modules)
{}
print(json.dumps(sorted(set(sys.modules) - before)))
"""
DOCTEST = """
import doctest, sys
example = doctest.DocTestParser().get_doctest(sys.stdin.read(), {}, "README", "README.md", 0)
flags = doctest.NORMALIZE_WHITESPACE
runner = doctest.DocTestRunner(optionflags=flags)
sys.exit(runner.run(example).failed or not runner.tries)
"""
OF_PROGRAMS = {
    "asyncio",
    "concurrent",
    "email",
    "http",
    "json",
    "logging",
    "multiprocessing",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "unittest",
    "urllib",
}
"""What opens, starts or logs something, and takes long to load."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*command, str(to)], cwd=ROOT, check=True, capture_output=True)
    (built,) = to.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel and attrs; not even pip."""
    at = tmp_path_factory.mktemp("bare")
    venv.create(at)
    (packages,) = at.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(packages)
    for file in files("attrs") or ():
        if file.suffix in {".py", ".pyi"}:
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_binary())
    return at / "bin" / "python"


def _run(python: Path, program: str, given: str = "") -> str:
    ran = subprocess.run(
        [str(python), "-I", "-c", program], input=given, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _loaded(python: Path, statement: str) -> set[str]:
    names: list[str] = msgspec.json.decode(_run(python, LOADED.format(statement)))
    return set(names)


def _packages(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_the_wheel_asks_for_attrs_alone_and_extras_bring_the_rest(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (n for n in opened.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(opened.read(name).decode())
    needs = metadata.get_all("Requires-Dist") or []
    assert [need for need in needs if "extra ==" not in need] == ["attrs>=25.1"]
    assert set(metadata.get_all("Provides-Extra") or []) == {"all", "testing"}
    for package, extra in {"litestar": "all", "sqlalchemy": "all", "hypothesis": "testing"}.items():
        assert any(need.startswith(package) and f"'{extra}'" in need for need in needs)


def test_importing_it_waits_for_nothing(bare: Path) -> None:
    """Its names, and attrs with them, come when they are asked for."""
    loaded = _loaded(bare, "import ecf_core")
    assert {module for module in loaded if module.startswith("ecf_")} == {"ecf_core"}
    assert _packages(loaded) <= {"ecf_core"} | sys.stdlib_module_names
    assert not _packages(loaded) & ({"attr", "attrs"} | OF_PROGRAMS)


@pytest.mark.parametrize(
    "statement",
    [
        "from ecf_core import *",
        "import ecf_core.events, ecf_core.queries, ecf_core.ports",
        "import ecf_core.testing.examples, ecf_core.testing.fakes",
        "import ecf_adapters.memory",
    ],
)
def test_all_of_it_needs_attrs_and_the_standard_library(bare: Path, statement: str) -> None:
    packages = _packages(_loaded(bare, statement))
    assert "attr" in packages
    ours = {"ecf_core", "ecf_adapters", "attr", "attrs"}
    assert packages <= ours | sys.stdlib_module_names
    assert not packages & OF_PROGRAMS


def test_every_name_is_there(bare: Path) -> None:
    program = "import ecf_core; print([getattr(ecf_core, n).__class__ for n in ecf_core.__all__])"
    assert "class" in _run(bare, program)
    missing = "import ecf_core\ntry: ecf_core.Nothing\nexcept AttributeError as e: print(e)"
    assert _run(bare, missing) == "module 'ecf_core' has no attribute 'Nothing'\n"


def test_the_example_of_the_readme_runs_on_it(bare: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    _run(bare, DOCTEST, given=example)
