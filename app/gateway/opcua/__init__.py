"""OPC UA: a client that subscribes and reads, and does nothing else."""
