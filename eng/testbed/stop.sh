#!/usr/bin/env bash
# Ends what a start.sh began and removes its folder.
#
#   eng/testbed/stop.sh DIR      DIR as start.sh printed it
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

stop "${1:?usage: stop.sh DIR}"
