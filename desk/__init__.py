"""The front desk's full-screen board for a police station's exchange zone."""
