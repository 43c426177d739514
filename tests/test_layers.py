"""The house's rules, held: which room may know which, and what is written nowhere or only once."""

import ast
import gc
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DESK = ROOT / "desk"
PROGRAM = sorted(DESK.rglob("*.py"))
EVERYTHING = [*PROGRAM, *sorted((ROOT / "tests").rglob("*.py"))]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# One worker, which reads every file once.
pytestmark = pytest.mark.xdist_group("layers")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """Keeps what was read until the last of these tests, and looks for no garbage in it."""
    gc.disable()
    yield
    gc.enable()
    tree.cache_clear()
    nodes.cache_clear()


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def imported_names(module: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every `import a.b` as `a.b`, and every `from a import b` as `a.b`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


# The import contracts


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_import_contracts_are_kept() -> None:
    report = lint(ROOT)

    assert report.returncode == 0, report.stdout


# What each layer may say at the most: the smallest house that keeps every contract.
HOUSE = {
    "__init__.py": "",
    "__main__.py": "import desk.cli",
    "bootstrap.py": "import desk.printing, desk.tui, desk.service",
    "cli/__init__.py": "import desk.bootstrap, typer",
    "clock.py": "import pendulum",
    "contacts.py": "import phonenumbers",
    "domain/__init__.py": "import stdnum, desk.clock, desk.errors",
    "entrance.py": "import desk.service, desk.vault",
    "errors.py": "",
    "i18n.py": "",
    "keys.py": "",
    "log.py": "import desk.clock, desk.errors",
    "intake/__init__.py": "import pydantic, desk.service",
    "paths.py": "import platformdirs",
    "printing.py": "import desk.out, desk.settings",
    "service/__init__.py": "import desk.storage, desk.vault",
    "out/__init__.py": "import icalendar, desk.domain, desk.paths, desk.wording",
    "settings.py": "import tomlkit, desk.settings_tables",
    "settings_tables.py": "import pydantic, desk.domain",
    "spelling.py": "import desk.contacts, desk.domain, desk.text",
    "storage/__init__.py": "import alembic, sqlalchemy, sqlcipher3, desk.storage.tables",
    "storage/tables.py": "import sqlmodel",
    "text.py": "import rich",
    "vault/__init__.py": "import argon2, cryptography, desk.domain, desk.paths",
    "tui/__init__.py": "import rich, textual, desk.intake, desk.domain",
    "wording.py": "import desk.domain",
}


def build_house(folder: Path) -> None:
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for name, imports in HOUSE.items():
        put(folder, name, imports)


def put(folder: Path, room: str, imports: str) -> None:
    path = folder / "desk" / room
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(imports + "\n")


def test_a_house_in_order_keeps_every_contract(tmp_path: Path) -> None:
    build_house(tmp_path)

    report = lint(tmp_path)

    assert report.returncode == 0, report.stdout


BROKEN = [
    ("clock.py", "import desk.domain", "desk.clock -> desk.domain"),
    ("storage/unit.py", "import desk.service", "desk.storage.unit -> desk.service"),
    ("intake/calendly.py", "import desk.out", "desk.intake.calendly -> desk.out"),
    ("tui/app.py", "import desk.bootstrap", "desk.tui.app -> desk.bootstrap"),
    ("newcomer.py", "", "- desk.newcomer\n"),
    ("domain/rules.py", "import pydantic", "desk.domain.rules -> pydantic"),
    ("domain/rules.py", "from desk.i18n import _", "desk.domain.rules -> desk.i18n"),
    ("service/acts.py", "import sqlalchemy", "desk.service.acts -> sqlalchemy"),
    ("intake/drafts.py", "from sqlmodel import SQLModel", "desk.intake.drafts -> sqlmodel"),
    ("cli/board.py", "from textual.app import App", "desk.cli.board -> textual"),
    ("cli/listing.py", "from rich import print", "desk.cli.listing -> rich"),
    ("tui/board.py", "import desk.service", "desk.tui.board -> desk.service"),
    ("tui/board.py", "from desk.storage import search", "desk.tui.board -> desk.storage"),
    ("out/slip.py", "import desk.service", "desk.out.slip -> desk.service"),
    ("out/day_sheet.py", "import desk.settings", "desk.out.day_sheet -> desk.settings"),
    ("service/pins.py", "import argon2", "desk.service.pins -> argon2"),
    ("storage/sealed.py", "import cryptography", "desk.storage.sealed -> cryptography"),
    ("storage/keyed.py", "import desk.vault", "desk.storage.keyed -> desk.vault"),
    ("vault/copies.py", "import desk.storage", "desk.vault.copies -> desk.storage"),
    ("cli/keyed.py", "from desk.vault import open_slots", "desk.cli.keyed -> desk.vault"),
    ("tui/keyed.py", "from desk.vault import open_slots", "desk.tui.keyed -> desk.vault"),
    ("out/sealed.py", "import desk.vault", "desk.out.sealed -> desk.vault"),
    ("service/acts.py", "import desk.storage.tables", "desk.service.acts -> desk.storage.tables"),
]
"""A room, what it must not say, and how that is told."""


@pytest.fixture(scope="module")
def told_of_a_broken_house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is told of a house in which every rule is broken at once, but for the circles."""
    house = tmp_path_factory.mktemp("house")
    build_house(house)
    for room, imports, _told in BROKEN:
        put(house, room, imports)
    report = lint(house)
    assert report.returncode == 1, report.stdout
    return report.stdout


@pytest.mark.parametrize(("room", "imports", "told"), BROKEN)
def test_each_import_that_breaks_a_contract_is_named(
    told_of_a_broken_house: str, room: str, imports: str, told: str
) -> None:
    assert told in told_of_a_broken_house, f"{room} says {imports}"


def test_a_circle_is_named(tmp_path: Path) -> None:
    build_house(tmp_path)
    put(tmp_path, "errors.py", "import desk.i18n")
    put(tmp_path, "i18n.py", "import desk.errors")

    report = lint(tmp_path)

    assert report.returncode == 1
    assert ".i18n -> .errors" in report.stdout


# What may be imported, asked and said where


KNOWN_TO_THE_DOMAIN = {"desk.clock", "desk.domain", "desk.errors", "pendulum", "stdnum"}
OUTSIDE_WORLD = {
    *("os", "pathlib", "shutil", "socket", "sqlite3"),
    *("subprocess", "tempfile", "threading", "time", "urllib"),
}
PURE_LIBRARY = sys.stdlib_module_names - OUTSIDE_WORLD


def is_pure(name: str) -> bool:
    parts = name.split(".")
    return parts[0] in PURE_LIBRARY or any(
        ".".join(parts[:depth]) in KNOWN_TO_THE_DOMAIN for depth in (1, 2)
    )


def test_the_domain_imports_the_pure_library_pendulum_stdnum_errors_and_clock() -> None:
    strangers = [
        f"{place(path, node)} {name}"
        for path in sorted((DESK / "domain").rglob("*.py"))
        for node, name in imported_names(tree(path))
        if not is_pure(name)
    ]

    assert strangers == []


CLOCK_READINGS = {
    "DateTime": {"now", "today", "utcnow"},
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "func": {"current_date", "current_time", "current_timestamp", "now"},
    "pendulum": {"now", "today", "tomorrow", "yesterday"},
    "time": {"ctime", "gmtime", "localtime", "time", "time_ns"},
}
SQL_NOW = re.compile(
    r"current_(date|time)|(date|time|julianday|unixepoch|strftime)\([^)]*'now'", re.IGNORECASE
)


def reads_the_clock(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=attribute):
            return attribute in CLOCK_READINGS.get(owner, ())
        case ast.ImportFrom(module="pendulum" | "time" as owner, names=names):
            return any(alias.name in CLOCK_READINGS[owner] for alias in names)
        case ast.Constant(value=str(words)):
            return bool(SQL_NOW.search(words))
    return False


@pytest.mark.parametrize(
    "source",
    [
        "pendulum.now('UTC')",
        "datetime.datetime.now(tz)",
        "field(default_factory=datetime.utcnow)",
        "func.now()",
        "from time import time",
        "\"INSERT INTO act VALUES (strftime('%s', 'now'))\"",
        "'DEFAULT CURRENT_TIMESTAMP'",
    ],
)
def test_a_reading_of_the_clock_is_seen(source: str) -> None:
    assert any(map(reads_the_clock, ast.walk(ast.parse(source))))


@pytest.mark.parametrize("source", ["clock.now()", "datetime.time(14, 28)", "time.monotonic()"])
def test_what_only_looks_like_a_reading_is_let_pass(source: str) -> None:
    assert not any(map(reads_the_clock, ast.walk(ast.parse(source))))


def test_the_time_is_read_in_clock_alone() -> None:
    readings = [
        place(path, node)
        for path in PROGRAM
        if path != DESK / "clock.py"
        for node in nodes(path)
        if reads_the_clock(node)
    ]

    assert readings == []


def speaks(node: ast.AST) -> bool:
    match node:
        case ast.Name(id="print" | "SystemExit" | "exit" | "quit"):
            return True
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" | "exit"):
            return True
    return False


def test_the_command_line_alone_prints_and_sets_the_exit_code() -> None:
    voices = [
        place(path, node)
        for path in PROGRAM
        if DESK / "cli" not in path.parents and path != DESK / "__main__.py"
        for node in nodes(path)
        if speaks(node)
    ]

    assert voices == []


def catches_everything(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"BaseException", "Exception"})
        for kind in kinds
    )


def test_everything_is_caught_once_at_the_outermost_boundary() -> None:
    nets = [
        place(path, node) for path in PROGRAM for node in nodes(path) if catches_everything(node)
    ]

    assert len(nets) <= 1, nets


FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
EARLY = {"_", "create_engine", "getenv", "gettext", "ngettext"}


def done_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: all but the bodies of its functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTION):
            decorators = [] if isinstance(child, ast.Lambda) else child.decorator_list
            for part in (*decorators, child.args):
                yield part
                yield from done_at_import(part)
        else:
            yield child
            yield from done_at_import(child)


def test_nothing_is_opened_read_or_translated_at_import() -> None:
    hasty = [
        place(path, node)
        for path in PROGRAM
        for node in done_at_import(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) in EARLY
    ]

    assert hasty == []


# The size of a room, and no way around the rules


def test_no_file_passes_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in EVERYTHING
        if (lines := len(text(path).splitlines())) > 400
    }

    assert long == {}


def test_no_function_passes_50_lines() -> None:
    long = [
        f"{place(path, node)} {node.name}"
        for path in EVERYTHING
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 50
    ]

    assert long == []


EXEMPTION = re.compile(r"type:\s*ignore|noqa|fmt:\s*off|pragma:\s*no|TODO|FIXME|XXX")


def test_no_comment_asks_for_an_exemption() -> None:
    exemptions = [
        f"{path.relative_to(ROOT)}:{token.start[0]} {token.string}"
        for path in EVERYTHING
        if EXEMPTION.search(text(path))  # In a text it is none; which it is takes longer to tell.
        for token in tokenize.generate_tokens(io.StringIO(text(path)).readline)
        if token.type == tokenize.COMMENT and EXEMPTION.search(token.string)
    ]

    assert exemptions == []


def test_no_test_is_skipped_without_a_reason() -> None:
    skipped = [
        place(path, node)
        for path in EVERYTHING
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"importorskip", "skip", "skipif", "xfail"}
        and not any(word.arg == "reason" for word in node.keywords)
    ]

    assert skipped == []
