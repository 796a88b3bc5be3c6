"""minervaextract's loop over columns gives the bytes of the SDK's loop over rows."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from splunklib.searchcommands import StreamingCommand
from splunklib.searchcommands.internals import RecordWriterV2

from minerva.identifiers import columns
from minerva.identifiers.annotate import Options, Search, annotate, read_options

OPTIONS = {
    "phones": read_options({"fields": "text,title", "kinds": "phone", "region_field": "country"}),
    "sure phones of a field with odd signs": read_options(
        {"fields": "text,$a\\b,title", "kinds": "phone", "region": "US", "minconfidence": "0.93"}
    ),
    "every kind": read_options({"fields": "text", "region": "US"}),
    "a field that is also added": read_options({"fields": "phone,identifier", "kinds": "phone,email", "region": "GB"}),
}
NAMES = st.sampled_from(
    ["text", "title", "country", "phone", "identifier", "__mv_text", "__mv_phone", "a b", "", 'x,"y', "$a\\b"]
)
PIECES = st.sampled_from(
    ["", "415 555 0123", "(415) 555-0199", "07700 900123", "jen@mail.example", "US", "GB", " ", ",", '"', '""', "\n",
     "\r", "\r\n", "$", "$$", ";", "$a$;$415-555-0123$", "$$;$", "é", "\u2028",
     "four one five five five five oh one two three",
     "4️⃣1️⃣5️⃣ 555 0123", "\\", "'", "\t", "\0", "\x1e"]
)  # fmt: skip
CELLS = st.lists(PIECES, max_size=4).map("".join)
CODED = st.one_of(
    st.just(""), CELLS, st.lists(CELLS, min_size=1, max_size=3).map(
        lambda items: ";".join(f"${item.replace('$', '$$')}$" for item in items)
    ),
)  # fmt: skip


def by_rows(body: str, options: Options) -> str:
    """What the SDK writes for a chunk whose rows went through `annotate`."""
    writer: Any = RecordWriterV2(io.BytesIO())
    command: Any = StreamingCommand()
    writer.write_records(annotate(command._read_csv_records(io.StringIO(body)), options))
    return str(writer._buffer.getvalue())


def equal(body: str, options: Options) -> bool:
    """Whether the columns were read, text by text and all at once; fails where they differ from the rows."""
    done = columns.annotated(body, options, Search(options))
    if done is not None:
        assert done[0] == by_rows(body, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("minerva.identifiers.annotate._PAYS_FROM", 0)
        assert columns.annotated(body, options, Search(options)) == done
    return done is not None


@st.composite
def bodies(draw: Any) -> str:
    names = draw(st.lists(NAMES, min_size=1, max_size=6))
    if draw(st.booleans()):
        names = [part for name in dict.fromkeys(names) if name[:5] != "__mv_" for part in (name, f"__mv_{name}")]
    cells = [CODED if name.startswith("__mv_") else CELLS for name in names]
    rows = draw(st.lists(st.tuples(*cells), max_size=4))
    out = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(out, quoting=quoting, lineterminator=draw(st.sampled_from(["\r\n", "\n"])))
    writer.writerows([names, *rows])
    return out.getvalue()


@pytest.mark.parametrize("options", OPTIONS.values(), ids=list(OPTIONS))
@settings(max_examples=150, deadline=None)
@given(body=bodies())
@example(body='text,__mv_text,country\r\n"a, ""b"" 415 555 0123\nx",$415-555-0199$;$$$7$,US\r\n')
def test_columns_equal_rows_on_odd_chunks(options: Options, body: str) -> None:
    equal(body, options)


@settings(max_examples=300, deadline=None)
@given(body=st.lists(st.one_of(PIECES, NAMES), max_size=30).map("".join))
def test_columns_equal_rows_on_broken_chunks(body: str) -> None:
    equal("text,country\r\n" + body, OPTIONS["phones"])


@pytest.mark.parametrize(
    "body",
    [
        "text,country\r\ncall 415 555 0123,US\r\n",
        'text,__mv_text,country,__mv_country\n"call, 415 555 0123",,"US",\n',
        "country,text,__mv_country,__mv_text,phone\r\nUS,x,,$415 555 0123$;$415-555-0199$,old\r\n",
        "title,text\r\n,\r\n",
        'text,__mv_text,title,__mv_title\r\n"415 555 0123, 415 555 0123",,(415) 555-0199,\r\n'
        "415-555-0123,,415 555 0123,\r\n",
        "title,__mv_title,country,__mv_country\r\n"
        + "415-555-0123 or 415 555 0199,,US,\r\ncalm,,US,\r\n415-555-0123 or 415 555 0199,,GB,\r\n" * 4,
    ],
    ids=[
        "without twins",
        "quoted cells and line feeds",
        "twins at the end, a field replaced",
        "empty cells",
        "several phones, one of them twice",
        "texts that repeat",
    ],
)
def test_usual_chunk_is_read_by_columns(body: str) -> None:
    assert equal(body, OPTIONS["phones"])


@pytest.mark.parametrize(
    "body",
    [
        "",
        "text,country\na\rb,US\n",
        "text,country\r\n",
        "text,text\r\na,b\r\n",
        "__mv_text,text\r\n,a\r\n",
        "text,country\r\na\r\n",
        "a\r\n\r\n",
    ],
    ids=["empty", "lone carriage return", "no rows", "name twice", "twin first", "short row", "blank row"],
)
def test_odd_chunk_is_left_to_the_sdk(body: str) -> None:
    assert columns.annotated(body, OPTIONS["phones"], Search(OPTIONS["phones"])) is None
