"""Several sign-ins for an account, its wiki family, and data read from special pages."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOVED = (
    ("rights", sa.Text, "'[]'"),
    ("kind", sa.Text, "'owner-token'"),
    ("signed_in_at", sa.Integer, "0"),
    ("ended", sa.Boolean, "1"),
    ("access_token", sa.Text, "''"),
    ("refresh_token", sa.Text, None),
    ("expires_at", sa.Integer, None),
    ("client_id", sa.Text, None),
    ("client_secret", sa.Text, None),
    ("redirect_uri", sa.Text, None),
)


def upgrade() -> None:
    """Make the tables, and move what an account knew of its only sign-in."""
    op.create_table(
        "sign_in",
        sa.Column(
            "account_key",
            sa.Integer,
            sa.ForeignKey("account.key", ondelete="CASCADE", name="fk_sign_in_account_key_account"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("rights", sa.Text, nullable=False),
        sa.Column("signed_in_at", sa.Integer, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("secrets", sa.Text),
        sa.Column("client", sa.Text),
        sa.PrimaryKeyConstraint("account_key", "kind", "address", name="pk_sign_in"),
    )
    op.create_table(
        "family_wiki",
        sa.Column(
            "wiki_key",
            sa.Integer,
            sa.ForeignKey("wiki.key", ondelete="CASCADE", name="fk_family_wiki_wiki_key_wiki"),
            nullable=False,
        ),
        sa.Column("wiki_id", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("wiki_key", "wiki_id", name="pk_family_wiki"),
    )
    op.create_table(
        "page_reading",
        sa.Column(
            "event_key",
            sa.Integer,
            sa.ForeignKey("event.key", ondelete="CASCADE", name="fk_page_reading_event_key_event"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("read_at", sa.Integer, nullable=False),
        sa.Column("content", sa.Text),
        sa.PrimaryKeyConstraint("event_key", "kind", name="pk_page_reading"),
    )
    op.add_column("wiki", sa.Column("family_read_at", sa.Integer))
    _move_sign_ins(op.get_bind())
    for name, _, _ in _MOVED:
        op.drop_column("account", name)


def _move_sign_ins(connection: sa.Connection) -> None:
    found = connection.exec_driver_sql(
        "SELECT account.key, base_url, rights, kind, signed_in_at, ended, access_token, refresh_token,"
        " expires_at, client_id, client_secret, redirect_uri"
        " FROM account JOIN wiki ON wiki.key = account.wiki_key"
    ).fetchall()
    for key, address, rights, kind, at, ended, access, refresh, expires, client_id, secret, redirect in found:
        secrets = json.dumps({"access": access, "refresh": refresh, "expires_at": expires})
        client = {"client_id": client_id, "secret": secret, "redirect_uri": redirect or ""}
        connection.exec_driver_sql(
            "INSERT INTO sign_in VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, kind, address, rights, at, ended, secrets, json.dumps(client) if client_id else None),
        )


def downgrade() -> None:
    """Go back to one sign-in for an account, which has to be made anew."""
    for name, kind, default in _MOVED:
        server_default = sa.text(default) if default else None
        op.add_column(
            "account", sa.Column(name, kind(), nullable=default is None, server_default=server_default)
        )
    op.drop_column("wiki", "family_read_at")
    op.drop_table("page_reading")
    op.drop_table("family_wiki")
    op.drop_table("sign_in")
