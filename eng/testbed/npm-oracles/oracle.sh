#!/usr/bin/env bash
# Runs oracle.mjs over standard input. The first run on a machine installs its npm packages.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

modules=$(testbed_cache npm-oracles)
(
  flock 9 # two at once: one installs
  cmp -s "$here/package.json" "$modules/installed.json" && exit
  cp "$here/package.json" "$modules/" && cd "$modules"
  npm install --ignore-scripts --no-audit --no-fund >&2
  cp package.json installed.json
) 9>"$modules/lock" </dev/null
cp "$here/oracle.mjs" "$modules/"
exec node "$modules/oracle.mjs"
