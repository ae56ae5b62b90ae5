"""Figures as people read them: headline figures and blocks, each a chart with its table, its rule, its source."""

from pourtous.activities.blocks.blocks import Block, blocks_of
from pourtous.activities.blocks.groups import Group, columns_of
from pourtous.activities.blocks.headlines import Headline, headlines_of

__all__ = ["Block", "Group", "Headline", "blocks_of", "columns_of", "headlines_of"]
