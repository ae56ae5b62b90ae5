"""The pass numérique: campaigns, books, hand-over, redemption, hosts, money."""
