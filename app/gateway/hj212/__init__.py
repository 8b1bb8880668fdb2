"""HJ 212-2017: how pollution monitors report to a centre. Muster only listens and acknowledges."""
