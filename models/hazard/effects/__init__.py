"""What heat, blast and poison do: doses, probits, escalation to neighbouring equipment."""
