"""Writes the rings of a cluster of one device: rings.py DIR ACCOUNT_PORT CONTAINER_PORT OBJECT_PORT"""
import sys

from swift.common.ring import RingBuilder

for kind, port in zip(("account", "container", "object"), sys.argv[2:]):
    builder = RingBuilder(4, 1, 1)  # 2^4 partitions, one replica, an hour between moves
    builder.add_dev({"id": 0, "region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "d1", "weight": 1.0})
    builder.rebalance()
    builder.get_ring().save(f"{sys.argv[1]}/{kind}.ring.gz")
