#!/usr/bin/env bash
# Signs the requests of standard input with @smithy/signature-v4; see sign.mjs. The first run on a machine installs its npm packages, and
# ends with 3 when they cannot be had.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

modules=$(npm_packages smithy-signer) || exit 3
exec node "$here/sign.mjs" "$modules"
