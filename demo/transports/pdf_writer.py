"""PDF files with ruled tables, written by hand: one page a list of rows."""

from __future__ import annotations

from collections.abc import Sequence

_LEFT, _TOP, _WIDTH, _HEIGHT = 50, 740, 150, 24


def pdf(pages: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """A PDF whose pages hold one table each; cells hold plain ASCII without brackets."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for rows in pages:
        content = _content(rows)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        stream = len(objects)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {stream} 0 R >>"
        )
        kids.append(len(objects))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    out += b"".join(f"{place:010d} 00000 n \n".encode("ascii") for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode("ascii")
    return bytes(out)


def _content(rows: Sequence[Sequence[str]]) -> str:
    parts = ["0.5 w"]
    for number, cells in enumerate(rows):
        bottom = _TOP - (number + 1) * _HEIGHT
        for column, cell in enumerate(cells):
            left = _LEFT + column * _WIDTH
            parts.append(f"{left} {bottom} {_WIDTH} {_HEIGHT} re S")
            parts.append(f"BT /F1 10 Tf {left + 4} {bottom + 8} Td ({cell}) Tj ET")
    return "\n".join(parts)
