"""Driver errors translated once, at the edge: the environment's (`StoreUnavailable`), or ours (left as they are)."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.domain.errors import StoreUnavailable

_SQLITE_CAUSES = (
    ("locked", "locked"),
    ("busy", "locked"),
    ("disk is full", "disk_full"),
    ("readonly", "read_only"),
    ("unable to open", "unreachable"),
    ("disk i/o error", "unreachable"),
    ("malformed", "damaged"),
    ("not a database", "damaged"),
    ("no such table", "no_schema"),
)
_SQLSTATE_CAUSES = (
    ("08", "unreachable"),
    ("57P", "unreachable"),
    ("53100", "disk_full"),
    ("53", "unreachable"),
    ("55P03", "locked"),
    ("57014", "locked"),
    ("40", "locked"),
    ("25006", "read_only"),
    ("25P03", "unreachable"),
    ("28", "unreachable"),
    ("3D000", "unreachable"),
    ("58", "unreachable"),
    ("42P01", "no_schema"),
    ("42501", "read_only"),
    ("XX001", "damaged"),
    ("XX002", "damaged"),
)


_ERRNO_CAUSES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
} | dict.fromkeys((errno.EACCES, errno.EPERM), "read_only")


@contextmanager
def faults_translated() -> Iterator[None]:
    """Turn what the environment did to the driver into `StoreUnavailable`; let bugs through.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    try:
        yield
    except DBAPIError as error:
        cause = environment_cause(error)
        if cause is None:
            raise
        raise StoreUnavailable(cause, _first_line(error.orig)) from error
    except PoolTimeout as error:
        raise StoreUnavailable("locked", _first_line(error)) from error


def environment_cause(error: SQLAlchemyError) -> str | None:
    """The cause of `StoreUnavailable` behind a driver's error; None when the error is a bug of ours."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    by_words = _cause_in_words(error.orig)
    if by_words is not None or getattr(error.orig, "sqlstate", None):
        return by_words
    if not isinstance(error.orig, psycopg.Error):
        return None
    lost = error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
    return "unreachable" if lost else None


@contextmanager
def copying_faults_translated() -> Iterator[None]:
    """The same for work on files, and with the drivers alone: backups.

    Raises:
        StoreUnavailable: the store, or the disk, cannot answer now.
    """
    try:
        with faults_translated():
            yield
    except (sqlite3.Error, psycopg.Error) as error:
        cause = _cause_in_words(error)
        if cause is None and isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
            cause = "unreachable"
        if cause is None:
            raise
        raise StoreUnavailable(cause, _first_line(error)) from error
    except OSError as error:
        raise StoreUnavailable(_ERRNO_CAUSES.get(error.errno or 0, "unreachable"), str(error)) from error


def _cause_in_words(error: BaseException) -> str | None:
    sqlstate = getattr(error, "sqlstate", None)
    if sqlstate:
        return next((cause for start, cause in _SQLSTATE_CAUSES if str(sqlstate).startswith(start)), None)
    text = str(error).lower()
    return next((cause for words, cause in _SQLITE_CAUSES if words in text), None)


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().partition("\n")[0]
