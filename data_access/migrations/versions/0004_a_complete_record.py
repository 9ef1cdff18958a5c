"""every act has its name and stays as it was written, facts wait in columns of their own, pulled answers are recorded,
and what was shown once and is withheld now lies with the other protected values

A later step that rebuilds ``audit_entry`` on SQLite must write its triggers anew: a rebuilt table has none.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ACTS_BEFORE = ("import", "publish", "revise", "withdraw", "answer", "grant", "revoke", "add_country", "pull")
ACTS = (*ACTS_BEFORE, "discard", "consent", "record", "confirm", "dispute", "reply", "backup", "restore")
KINDS_BEFORE = ("primary", "complementary")
KINDS = (*KINDS_BEFORE, "superseded")
STEPS = ("draft", "published", "withdrawn", "discarded")
KEY = ("country_id", "series_id", "group_id", "area_id", "time_period")
SAID = ("value", "se", "lower", "upper", "n", "population", "status", "note")


def upgrade() -> None:
    with _rebuilt("audit_entry", _act_known(ACTS)):
        pass
    with _rebuilt("protected_value", _kind_known(KINDS), sqlite_with_rowid=False) as table:
        table.add_column(sa.Column("status", sa.String(1), nullable=False, server_default=""))
    _let_facts_wait_in_columns()
    op.create_table(
        "fetched_answer",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(80), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("accessed_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("licence_address", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_fetched_answer_hash_is_sha256")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_fetched_answer_release_id")),
        sa.PrimaryKeyConstraint("release_id", "series", name=op.f("pk_fetched_answer")),
    )
    _protect_what_is_withheld_now()
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in _WITHOUT_TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)
    told = ", ".join(f"{name} = p.{name}" for name in SAID)
    op.execute(f"UPDATE observation SET {told} FROM protected_value p WHERE {_same('observation', 'p')}")
    op.execute("DELETE FROM protected_value WHERE kind = 'superseded'")
    op.drop_table("fetched_answer")
    with op.batch_alter_table("release_step") as step:
        step.alter_column("answers", type_=sa.String(), existing_type=sa.JSON(), existing_nullable=False)
    waiting = sa.table("release_step", *map(sa.column, ("release_id", "answers", "source_facts", "consent")))
    for release_id, answers, facts, consent in op.get_bind().execute(sa.select(waiting)).all():
        read = [json.loads(one) if isinstance(one, str) else one for one in (answers, facts, consent)]
        whole = json.dumps({"answers": read[0], "source": read[1], "consent": read[2] or None}) if read[1] else "{}"
        op.execute(sa.update(waiting).where(waiting.c.release_id == release_id).values(answers=whole))
    with _rebuilt("release_step", _step_known()) as step:
        step.drop_column("source_facts")
        step.drop_column("consent")
    with _rebuilt("protected_value", _kind_known(KINDS_BEFORE), sqlite_with_rowid=False) as table:
        table.drop_column("status")
    with _rebuilt("audit_entry", _act_known(ACTS_BEFORE)):
        pass


@contextlib.contextmanager
def _rebuilt(table: str, check: tuple[str, str], **kwargs: Any) -> Iterator[BatchOperations]:
    """A change of a table whose one check is ``check``: a rebuild on SQLite forgets it, PostgreSQL must be told to."""
    with op.batch_alter_table(table, table_kwargs=kwargs) as batch:
        name, condition = check
        if op.get_bind().dialect.name != "sqlite":
            batch.drop_constraint(op.f(name), type_="check")
        batch.create_check_constraint(op.f(name), condition)
        yield batch


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, values))})"


def _act_known(acts: tuple[str, ...]) -> tuple[str, str]:
    return "ck_audit_entry_act_known", _one_of("act", acts)


def _kind_known(kinds: tuple[str, ...]) -> tuple[str, str]:
    return "ck_protected_value_kind_known", _one_of("kind", kinds)


def _step_known() -> tuple[str, str]:
    return "ck_release_step_step_known", _one_of("step", STEPS)


def _let_facts_wait_in_columns() -> None:
    """Answers, facts of the source and stated consent lay together in one text."""
    with op.batch_alter_table("release_step") as step:
        step.add_column(sa.Column("source_facts", sa.JSON(), nullable=False, server_default="{}"))
        step.add_column(sa.Column("consent", sa.JSON(), nullable=False, server_default="{}"))
    before = sa.table("release_step", sa.column("release_id"), sa.column("answers", sa.String))
    together = {id_: json.loads(text or "{}") for id_, text in op.get_bind().execute(sa.select(before))}
    with _rebuilt("release_step", _step_known()) as step:
        step.alter_column(
            "answers",
            type_=sa.JSON(),
            existing_type=sa.String(),
            existing_nullable=False,
            postgresql_using="answers::json",
        )
    names = ("answers", "source_facts", "consent")
    after = sa.table("release_step", sa.column("release_id"), *(sa.column(name, sa.JSON) for name in names))
    for release_id, waiting in together.items():
        apart = {
            "answers": waiting.get("answers") or {},
            "source_facts": waiting.get("source") or {},
            "consent": waiting.get("consent") or {},
        }
        op.execute(sa.update(after).where(after.c.release_id == release_id).values(apart))


def _same(one: str, other: str) -> str:
    columns = ("source_id", "release_id", *KEY)
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in columns) + f" AND {other}.kind = 'superseded'"


def _protect_what_is_withheld_now() -> None:
    """Move earlier values of figures that are withheld now out of the table that queries read."""
    columns = ("release_id", "source_id", *KEY, *SAID)
    place = " AND ".join(f"now.{name} = older.{name}" for name in ("source_id", *KEY))
    op.execute(
        f"INSERT INTO protected_value ({', '.join(columns)}, kind, reasons) "
        f"SELECT {', '.join(f'older.{name}' for name in columns)}, 'superseded', release.code "
        f"FROM observation older JOIN observation now ON {place} AND now.revision = 0 AND now.status = 'Q' "
        "JOIN release ON release.id = now.release_id WHERE older.revision > 0 AND older.status <> 'Q'"
    )
    empty = ", ".join(f"{name} = NULL" for name in SAID[:-2])
    op.execute(
        f"UPDATE observation SET {empty}, status = 'Q', note = 'withheld here to protect people' "
        f"FROM protected_value p WHERE {_same('observation', 'p')}"
    )


_REFUSED = "an entry of the audit log is never changed and never deleted"
_STOP = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
_THERE = "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)"
_RAISE = f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
_EVERY = "BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT"
_TRIGGERS = {
    "sqlite": (
        f"CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE ON audit_entry {_STOP}",
        f"CREATE TRIGGER audit_entry_not_deleted BEFORE DELETE ON audit_entry {_STOP}",
        f"CREATE TRIGGER audit_entry_not_replaced BEFORE INSERT ON audit_entry {_THERE} {_STOP}",
    ),
    "postgresql": (
        f"CREATE FUNCTION audit_entry_refused() RETURNS trigger LANGUAGE plpgsql AS {_RAISE}",
        f"CREATE TRIGGER audit_entry_not_changed {_EVERY} EXECUTE FUNCTION audit_entry_refused()",
    ),
}
_WITHOUT_TRIGGERS = {
    "sqlite": tuple(f"DROP TRIGGER audit_entry_not_{what}" for what in ("changed", "deleted", "replaced")),
    "postgresql": (
        "DROP TRIGGER audit_entry_not_changed ON audit_entry",
        "DROP FUNCTION audit_entry_refused()",
    ),
}
