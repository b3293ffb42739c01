"""Runs one of Swift's servers: launch.py DIR KIND

Swift reads the suffix of its hashes from /etc/swift/swift.conf and from nowhere else; here it is told another place.
"""
import sys

import swift.common.storage_policy
from swift.common import utils
from swift.common.wsgi import run_wsgi

folder, kind = sys.argv[1:]
utils.SWIFT_CONF_FILE = swift.common.storage_policy.SWIFT_CONF_FILE = f"{folder}/swift.conf"
swift.common.storage_policy.reload_storage_policies()
sys.exit(run_wsgi(f"{folder}/{kind}.conf", kind))
