"""The tables of the special pages: sortable headers, rows, and a paging bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from app.practice.http.paging import Paging, TablePage
from app.practice.http.special_page_words import words

_CLASS = "cdx-table__table"
_START = f"{_CLASS}__cell--align-start"
_SIZES = (20, 50, 100, 250, 500)


@dataclass(frozen=True)
class Column:
    """A column: its name in the HTML, and the key of its label, if any.

    Columns with a label are sortable by default.
    """

    name: str
    label: str | None
    sortable: bool = True


@dataclass(frozen=True)
class CodexTable:
    """A table of a special page."""

    path: str
    caption: str
    columns: tuple[Column, ...]

    def html(self, rows: Sequence[Mapping[str, str]], page: TablePage, paging: Paging) -> str:
        """Return the HTML of a page of the table; each row maps column names to the HTML of cells."""
        heads = "".join(f"{self._head(column, paging)}\n" for column in self.columns)
        rows_html = "".join(f"{self._row(row)}\n" for row in rows)
        empty = (
            f'<tr class="{_CLASS}__empty-state"><td class="{_CLASS}__empty-state-content"'
            f' colspan="{len(self.columns)}">{escape(words("table_pager_empty"))}</td></tr>'
        )
        bar = "" if page.is_all else self._bar(page, paging)
        caption = words("cdx-table-sort-caption", words(self.caption))
        return (
            f'<div class="cdx-table">\n{bar}\n<div class="cdx-table__table-wrapper">\n'
            f'<table class="{_CLASS}"><caption>{escape(caption)}</caption><thead><tr>\n{heads}\n</tr></thead>'
            f"<tbody>\n{rows_html or empty}</tbody></table>\n\n</div>\n{bar}\n</div>"
        )

    def _head(self, column: Column, paging: Paging) -> str:
        label = escape(words(column.label)) if column.label else "\u00a0"
        kind = f"cdx-table-pager__col--{column.name} {_START}"
        if not column.sortable or column.label is None:
            return f'<th class="{kind}">{label}</th>'
        query: dict[str, object] = {"sort": column.name, "limit": paging.limit}
        order = "unsorted"
        if column.name == paging.sort:
            query |= {"asc": "1", "desc": ""} if paging.descending else {"asc": "", "desc": "1"}
            order = "desc" if paging.descending else "asc"
        return (
            f'<th class="{kind} {_CLASS}__cell--has-sort">'
            f'<a class="{_CLASS}__sort-button" role="button" href="{escape(paging.link(self.path, query))}">'
            f'<span class="{_CLASS}__sort-label">{label}</span>\n'
            f'<span class="{_CLASS}__sort-icon {_CLASS}__sort-icon--{order}" aria-hidden="1"></span>\n'
            "</a></th>"
        )

    def _row(self, cells: Mapping[str, str]) -> str:
        cells_html = "".join(
            f'<td class="cdx-table-pager__col--{column.name} {_START}">{cells[column.name]}</td>\n'
            for column in self.columns
        )
        return f"<tr>\n{cells_html}</tr>"

    def _bar(self, page: TablePage, paging: Paging) -> str:
        ways = (("first", page.first), ("prev", page.previous), ("next", page.next), ("last", page.last))
        buttons = "".join(
            f'<a class="cdx-button cdx-button--fake-button cdx-button--fake-button--'
            f'{"disabled" if query is None else "enabled"} cdx-button--weight-quiet cdx-button--icon-only"'
            f' role="button" aria-label="{escape(words(f"table_pager_{way}"))}"'
            + (' disabled=""' if query is None else f' href="{escape(paging.link(self.path, query))}"')
            + '><span class="cdx-button__icon cdx-table-pager__icon--'
            f'{"previous" if way == "prev" else way}"></span></a>'
            for way, query in ways
        )
        return (
            f'<div class="cdx-table-pager">\n{_sizes(self.path, paging)}'
            f'<div class="cdx-table-pager__end">{buttons}</div>\n</div>'
        )


def _sizes(path: str, paging: Paging) -> str:
    """Return the select for the number of rows, which starts with the current number."""
    limits = dict.fromkeys((paging.limit, *_SIZES))
    options = "\n".join(
        f'<option value="{limit}"{" selected=" + repr("") if limit == paging.limit else ""}>'
        f"{escape(words('cdx-table-pager-items-per-page-current', limit))}</option>"
        for limit in limits
    )
    kept = "".join(
        f'<input type="hidden" value="{escape(value)}" name="{escape(name)}">\n'
        for name, value in {"title": path, **paging.explicit, **paging.kept}.items()
    )
    return (
        '<div class="cdx-table-pager__start"><form method="get" action="/index.php"'
        f' class="cdx-table-pager__limit-form">\n<select name="limit" class="cdx-select">{options}</select>\n'
        '<button class="cdx-button cdx-table-pager__limit-form__submit" type="submit">'
        f"{escape(words('table_pager_limit_submit'))}</button>\n{kept}</form>\n</div>\n"
    )
