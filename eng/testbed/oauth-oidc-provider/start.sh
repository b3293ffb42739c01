#!/usr/bin/env bash
# Starts the authorization server of server.mjs. The first start on a machine installs its npm packages.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

testbed oauth
modules=$(testbed_cache oauth)
(
  flock 9 # two starts at once: one installs
  cmp -s "$here/package.json" "$modules/installed.json" && exit
  cp "$here/package.json" "$modules/" && cd "$modules"
  npm install --ignore-scripts --no-audit --no-fund
  cp package.json installed.json
) 9>"$modules/lock"
cp "$here/server.mjs" "$here/package.json" "$dir/"
ln -s "$modules/node_modules" "$dir/node_modules"

# It wants a newer Node than Debian's: the npm package of the binary, else the one in PATH.
node=$(find "$modules/node_modules" -path '*/node-linux-*/bin/node' | head -n 1)
begin node "${node:-node}" "$dir/server.mjs" "$dir"
for _ in $(seq 600); do
  ! grep -q '^READY=1' "$dir/node.log" || break
  running "$(cat "$dir/node.pid")" || { echo "node has ended"; exit 1; }
  sleep 0.1
done
grep -q '^READY=1' "$dir/node.log"
mapfile -t values < <(grep -E '^[A-Z_]+=' "$dir/node.log" | grep -vE '^(READY|DIR)=')
ready "${values[@]}"
