"""Search commands of apps, real SDK processes driven over protocol v2."""

from __future__ import annotations

import gc
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.protocol.apps import sdk_command, write_app
from understudy.protocol.children import Surroundings
from understudy.protocol.chunked import ChunkedCommand, CommandConf
from understudy.spl.errors import RuntimeSplError, SplError, UnsupportedError
from understudy.spl.lexer import arguments_of
from understudy.spl.model import Context, Row, Stream


@dataclass
class Commands:
    """A home whose one app holds commands written by the test."""

    home: Path
    knowledge: dict[str, ChunkedCommand] = field(default_factory=dict)
    dispatch: str = ""

    def add(self, name: str, body: str, *, silence: float = 60.0, **settings: str) -> ChunkedCommand:
        write_app(self.home, "probe", {f"bin/{name}.py": body})
        conf = CommandConf(name, "probe", {"chunked": "true", **settings})
        command = ChunkedCommand(conf, Surroundings(self.home), silence=silence)
        self.knowledge[name] = command
        return command

    def custom_command(self, name: str) -> ChunkedCommand | None:
        return self.knowledge.get(name)

    def macro(self, name: str, count: int) -> None:
        return None

    def context(self, **more: Any) -> Context:
        session = {"session_key": "the-key", "dispatch_dir": self.dispatch}
        return Context(
            events=None,  # type: ignore[arg-type]
            tables=None,  # type: ignore[arg-type]
            knowledge=self,  # type: ignore[arg-type]
            now=1e9,
            zone=UTC,
            session=session,
            search="search x",
            **more,
        )


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    (tmp_path / "dispatch").mkdir()
    (tmp_path / "var" / "run").mkdir(parents=True)
    return Commands(tmp_path, dispatch=str(tmp_path / "dispatch"))


def run(command: ChunkedCommand, text: str, rows: list[Row] | Iterator[Row], context: Context) -> list[Row]:
    stream = command.run(arguments_of("probe", text, 0), Stream(iter(rows)), context)
    return list(stream.rows)


STREAMING = sdk_command(
    """
    @Configuration()
    class C(StreamingCommand):
        f = Option(default="b")
        n = Option(validate=validators.Integer(0))
        def stream(self, records):
            for i, r in enumerate(records):
                r[self.f] = str(i)
                r["args"] = ",".join(self.fieldnames)
                yield r
    """
)


def test_streaming_command_adds_a_field_and_keeps_multivalues(commands: Commands) -> None:
    command = commands.add("probe", STREAMING)
    assert not command.generating
    rows = run(command, ' f="c" x y', [{"a": "1", "m": ["p", "q$"]}, {"a": "2"}], commands.context())
    assert rows == [{"a": "1", "m": ["p", "q$"], "c": "0", "args": "x,y"}, {"a": "2", "c": "1", "args": "x,y"}]


def test_rows_of_many_chunks_all_come_back_in_order(commands: Commands) -> None:
    rows: list[Row] = [{"a": str(number), "text": "x" * 100} for number in range(25_001)]
    back = run(commands.add("probe", STREAMING), "", iter(rows), commands.context())
    assert [row["a"] for row in back] == [str(number) for number in range(25_001)]


def test_no_rows_is_one_empty_chunk(commands: Commands) -> None:
    assert run(commands.add("probe", STREAMING), "", [], commands.context()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(" n=x", "Illegal value: n=x", id="illegal-value"),
        pytest.param(" zzz=1", "Unrecognized option: zzz=1", id="unknown-option"),
    ],
)
def test_wrong_option_is_a_readable_error(commands: Commands, text: str, message: str) -> None:
    with pytest.raises(RuntimeSplError) as caught:
        run(commands.add("probe", STREAMING), text, [{"a": "1"}], commands.context())
    assert caught.value.message == f"Error in 'probe' command: {message}"


def test_exception_in_a_command_is_one_sentence_and_its_traceback_is_in_search_log(commands: Commands) -> None:
    body = sdk_command(
        """
        @Configuration()
        class C(StreamingCommand):
            def stream(self, records):
                for r in records:
                    raise RuntimeError("boom")
                yield
        """
    )
    with pytest.raises(RuntimeSplError) as caught:
        run(commands.add("probe", body), "", [{"a": "1"}], commands.context())
    assert "boom" in caught.value.message
    assert "Traceback" not in caught.value.message
    log = (Path(commands.dispatch) / "search.log").read_text(encoding="utf-8")
    assert "Traceback" in log


def test_warning_reaches_the_search_and_does_not_end_it(commands: Commands) -> None:
    body = sdk_command(
        """
        @Configuration(distributed=False)
        class C(StreamingCommand):
            def stream(self, records):
                self.write_warning("careful {}", "now")
                yield from records
        """
    )
    context = commands.context()
    assert run(commands.add("probe", body), "", [{"a": "1"}], context) == [{"a": "1"}]
    assert [(m.severity, m.text) for m in context.messages] == [("WARN", "probe: careful now")]


def test_required_fields_are_all_that_is_sent_and_the_rest_is_joined_back(commands: Commands) -> None:
    body = sdk_command(
        """
        @Configuration(required_fields=["a"])
        class C(StreamingCommand):
            def stream(self, records):
                for r in records:
                    r["seen"] = "|".join(sorted(k for k in r if not k.startswith("_")))
                    yield r
        """
    )
    rows = run(commands.add("probe", body), "", [{"a": "1", "z": "9"}, {"z": "8"}], commands.context())
    assert rows == [{"z": "9", "a": "1", "seen": "a"}, {"z": "8", "seen": "a"}]


def test_eventing_command_sees_the_whole_chunk(commands: Commands) -> None:
    body = sdk_command(
        """
        @Configuration()
        class C(EventingCommand):
            def transform(self, records):
                return list(records)[::-1]
        """
    )
    rows = run(commands.add("probe", body), "", [{"a": "1"}, {"a": "2"}], commands.context())
    assert rows == [{"a": "2"}, {"a": "1"}]


def test_generating_command_makes_rows_over_several_chunks(commands: Commands) -> None:
    body = sdk_command(
        """
        @Configuration()
        class C(GeneratingCommand):
            n = Option(default=3, validate=validators.Integer(0))
            def generate(self):
                for i in range(self.n):
                    yield {"i": i, "mv": ["x", "y$z"], "key": self.metadata.searchinfo.session_key}
        """
    )
    command = commands.add("probe", body)
    assert command.generating
    context = commands.context()
    context.limits.result_rows = 100
    rows = run(command, " n=250", [], context)
    assert len(rows) == 250
    assert rows[249] == {"i": "249", "mv": ["x", "y$z"], "key": "the-key"}


REPORTING = sdk_command(
    """
    @Configuration(requires_preop=True)
    class C(ReportingCommand):
        @Configuration()
        def map(self, records):
            yield {"m": sum(1 for _ in records)}
        def reduce(self, records):
            yield {"n": sum(int(r["m"]) for r in records)}
    """
)


def test_reporting_command_runs_its_map_phase_first(commands: Commands) -> None:
    rows = run(commands.add("c", REPORTING), "", [{"a": str(n)} for n in range(10)], commands.context())
    assert rows == [{"n": "10"}]


def test_older_protocol_is_refused_with_its_place(commands: Commands) -> None:
    command = commands.add("probe", STREAMING, chunked="false")
    with pytest.raises(UnsupportedError, match="not of protocol v2"):
        run(command, "", [], commands.context())


def test_user_without_the_capability_is_refused(commands: Commands) -> None:
    context = commands.context(capabilities=frozenset({"search"}))
    with pytest.raises(RuntimeSplError, match="run_custom_command"):
        run(commands.add("probe", STREAMING), "", [], context)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param("print('hello')\n", "not a chunk of protocol v2", id="prints-text"),
        pytest.param("import sys\nsys.exit(3)\n", "exit code 3", id="ends-at-once"),
        pytest.param(
            "import sys\nprint('chunked 1.0,5,0')\nsys.stdout.write('{}')\n", "in the middle of a chunk", id="cut-chunk"
        ),
    ],
)
def test_broken_command_is_a_readable_error(commands: Commands, body: str, message: str) -> None:
    with pytest.raises(RuntimeSplError, match=message):
        run(commands.add("probe", body), "", [{"a": "1"}], commands.context())


def test_silent_command_is_stopped(commands: Commands) -> None:
    command = commands.add("probe", "import time\ntime.sleep(600)\n", silence=1.0)
    with pytest.raises(RuntimeSplError, match="gave no answer for 1 s"):
        run(command, "", [{"a": "1"}], commands.context())


def test_cancelled_search_ends_the_process(commands: Commands) -> None:
    cancelled = threading.Event()
    command = commands.add("probe", "import time\ntime.sleep(600)\n")
    timer = threading.Timer(0.5, cancelled.set)
    timer.start()
    with pytest.raises(RuntimeSplError, match="cancelled"):
        run(command, "", [{"a": "1"}], commands.context(cancelled=cancelled.is_set))
    timer.join()


def test_failure_of_the_rows_before_is_raised_where_rows_are_read(commands: Commands) -> None:
    def failing() -> Iterator[Row]:
        yield {"a": "1"}
        raise RuntimeSplError("the source failed")

    with pytest.raises(RuntimeSplError, match="the source failed"):
        run(commands.add("probe", STREAMING), "", failing(), commands.context())


def test_reader_that_stops_early_leaves_no_process(commands: Commands) -> None:
    command = commands.add("probe", STREAMING)
    endless: Iterator[Row] = ({"a": str(number)} for number in range(10_000_000))
    rows = command.run(arguments_of("probe", "", 0), Stream(endless), commands.context()).rows
    assert next(rows)["a"] == "0"
    rows.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name == "chunk-feeder" and thread.is_alive()]


@pytest.mark.parametrize("way", ["its map phase is unknown", "nobody reads a row"])
def test_search_that_ends_before_the_first_row_leaves_no_process(
    commands: Commands, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[subprocess.Popen[bytes]] = []
    spawn = Surroundings.spawn

    def watched(self: Surroundings, *args: Any) -> subprocess.Popen[bytes]:
        children.append(spawn(self, *args))
        return children[-1]

    monkeypatch.setattr(Surroundings, "spawn", watched)
    if way == "nobody reads a row":
        command = commands.add("probe", STREAMING)
        stream = command.run(arguments_of("probe", "", 0), Stream(iter([])), commands.context())
        del stream
    else:
        command = commands.add("probe", REPORTING)
        commands.knowledge.clear()
        with pytest.raises(SplError, match="Unknown search command"):
            run(command, "", [{"a": "1"}], commands.context())
    gc.collect()
    assert [child.returncode is None for child in children] == [False]
