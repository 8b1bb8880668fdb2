"""Samples that one of several gateways hands to another.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gateway_post",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("receiver", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gateway_post"),
    )


def downgrade() -> None:
    op.drop_table("gateway_post")
