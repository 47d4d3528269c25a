"""What measures speed and sync accuracy; results are printed, not committed."""
