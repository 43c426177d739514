"""What is promised about the package: what it needs, what is in it, and how it is checked."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

import desk

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / ".ci/requirements.lock").read_text(encoding="utf-8")

# One worker, which builds the wheel once.
pytestmark = pytest.mark.xdist_group("packaging")

# Read by the standard library's zoneinfo, where the system has no time zones of its own.
READ_BUT_NOT_IMPORTED = {"tzdata"}


def distribution(requirement: str) -> str:
    """The normal form of the name that a requirement begins with."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


# The lock


def locked() -> dict[str, str]:
    """Each locked distribution, with everything that is said of it."""
    entries = re.split(r"^(?=[a-z])", LOCK.replace("\\\n", " "), flags=re.MULTILINE)
    return {distribution(entry): entry for entry in entries if entry[0] != "#"}


def test_the_lock_pins_and_hashes_every_file() -> None:
    loose = [
        name
        for name, entry in locked().items()
        if not re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}\b", entry)
    ]

    assert len(locked()) > 20
    assert loose == []


def test_the_lock_names_no_index_and_no_place() -> None:
    assert re.findall(r"://|--(?:extra-)?index|--find-links|(?:^|\s)-[a-z]\b|\s[/~]\S+", LOCK) == []


def test_the_lock_covers_what_is_declared() -> None:
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]

    assert {distribution(requirement) for requirement in declared} <= locked().keys()


# The dependencies


def third_party_imports() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "desk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [str(node.module)]
            for top in {name.partition(".")[0] for name in names}:
                if top != "desk" and top not in sys.stdlib_module_names:
                    yield top, path


@cache
def imported_distributions() -> dict[str, Path]:
    providers = metadata.packages_distributions()
    return {
        distribution(name): path
        for top, path in third_party_imports()
        for name in providers.get(top, [top])
    }


def test_every_import_is_declared() -> None:
    declared = {distribution(requirement) for requirement in PROJECT["dependencies"]}
    undeclared = {
        name: str(path.relative_to(ROOT))
        for name, path in imported_distributions().items()
        if name not in declared
    }

    assert undeclared == {}


def test_every_declared_dependency_is_imported() -> None:
    declared = {distribution(requirement) for requirement in PROJECT["dependencies"]}

    assert declared - imported_distributions().keys() == READ_BUT_NOT_IMPORTED


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [built] = folder.glob("*.whl")
    with zipfile.ZipFile(built) as packed:
        yield packed


def test_the_wheel_holds_the_whole_program_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    program = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "desk").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert packed == program


@pytest.mark.parametrize(
    "needed",
    [r"desk/py\.typed", r"desk/tui/.*\.tcss", r"desk/storage/migrations/.*\.py", "LICENSE"],
)
def test_the_wheel_holds_more_than_modules(wheel: zipfile.ZipFile, needed: str) -> None:
    assert any(re.search(rf"(^|/){needed}$", name) for name in wheel.namelist())


def test_a_plain_install_can_set_up_a_station(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    house = tmp_path / "house"
    wheel.extractall(house)
    data = tmp_path / "data"
    words = ["init", "--name", "Kennewick PD", "--code", "KPD"]
    words += ["--timezone", "America/Los_Angeles", "--bays", "3", "--lobby"]
    secret = tmp_path / "words"
    secret.write_text("nine tall ships at anchor\n", encoding="utf-8")
    known = ["--officer", "1000", "--passphrase-file", str(secret)]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "desk", *arguments],
            cwd=house,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    set_up = run("--data", str(data), *known, *words, "--supervisor", "1000 Ito")
    listed = run("--data", str(data), *known, "list", "--json")

    assert set_up.returncode == 0, set_up.stderr
    assert listed.returncode == 0, listed.stderr
    assert "Kennewick PD" in listed.stdout


# The version


def test_the_version_is_the_newest_in_the_changelog() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    [newest, *_] = re.findall(r"(?m)^## \[(.+?)\] - (?:Unreleased|\d{4}-\d\d-\d\d)$", changes)

    assert newest == PROJECT["version"] == desk.version()


# The check script


def checkout(folder: Path, command: str, failing: str = "") -> Path:
    """A folder with the check script, a README that says `command`, and linters that answer."""
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", folder / ".ci/run")
    (folder / "README.md").write_text(
        f"# A project\n\n<!-- test-command -->\n```sh\n{command}\n```\n<!-- /test-command -->\n",
        encoding="utf-8",
    )
    tools = folder / ".venv/bin"
    tools.mkdir(parents=True)
    for name in ("ruff", "mypy", "lint-imports"):
        tool = tools / name
        tool.write_text(f"#!/bin/sh\nexit {int(name == failing)}\n", encoding="utf-8")
        tool.chmod(0o755)
    return folder


def run_checks(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", ".ci/run"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_check_script_runs_the_command_of_the_readme(tmp_path: Path) -> None:
    answer = run_checks(checkout(tmp_path, "echo 3 passed in 0.1s"))

    assert answer.returncode == 0, answer.stderr
    assert "\n3 passed in 0.1s\n" in answer.stdout


@pytest.mark.parametrize(
    ("command", "failing", "named"),
    [
        ("false && true", "", "tests"),
        ("false\ntrue", "", "tests"),
        ("true", "mypy", "types"),
        ("true", "lint-imports", "layers"),
        ("true", "ruff", "lint format"),
    ],
)
def test_the_check_script_fails_with_what_failed(
    tmp_path: Path, command: str, failing: str, named: str
) -> None:
    answer = run_checks(checkout(tmp_path, command, failing))

    assert answer.returncode == 1
    assert answer.stderr == f"Failed: {named}\n"


def test_the_check_script_wants_a_command_in_the_readme(tmp_path: Path) -> None:
    folder = checkout(tmp_path, "true")
    (folder / "README.md").write_text("# A project\n", encoding="utf-8")

    answer = run_checks(folder)

    assert answer.returncode == 1
    assert "README.md has no command between" in answer.stderr


def test_the_readme_installs_from_the_lock() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [command] = re.findall(
        r"(?m)^<!-- test-command -->\n```sh\n(.+)\n```\n<!-- /test-command -->$", readme
    )

    assert "pip install --quiet --require-hashes -r .ci/requirements.lock &&" in command
    assert "pip install --quiet --no-deps --no-build-isolation -e . &&" in command
    assert command.endswith("python -m pytest")
