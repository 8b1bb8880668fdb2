"""What each of several gateways hears, in its heartbeat.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gateway_beat", sa.Column("heard", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("gateway_beat", "heard")
