"""Everything an adapter may import: what happened, what to do, and how text looks."""
