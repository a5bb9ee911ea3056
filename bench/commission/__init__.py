"""A cycle of commissions made for measuring: sales, plans, and the steps of a run."""
