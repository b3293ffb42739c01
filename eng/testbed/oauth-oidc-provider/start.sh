#!/usr/bin/env bash
# Starts the authorization server of server.mjs. The first start on a machine installs its npm packages.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

testbed oauth
modules=$(npm_packages oauth)
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
