"""Explosions: overpressure and impulse of a charge, a vapour cloud and a bursting vessel."""
