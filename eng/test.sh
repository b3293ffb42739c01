#!/usr/bin/env bash
# Builds once and runs every test. The last line says how it went: N passed, N failed, N skipped. Ends with 1 when anything failed.
#
#   eng/test.sh                  everything but the slow proofs
#   eng/test.sh --all            everything: slow proofs too, and each fuzz test for a minute
#   eng/test.sh -class "*Vault*" only these tests, and nothing beside them; options of the xunit.v3 runner
#
# ACCOUNTS_VECTORS      a folder of test vectors; without it the tests that need it are skipped
# ACCOUNTS_FUZZ_SECONDS how long each fuzz test runs: 5, with --all 60
# CI=true               what would be left out for want of a tool fails instead
set -euo pipefail
cd "$(dirname "$0")/.."

# No build server stays behind, and messages are in English.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

configuration=Release
passed=0 failed=0 skipped=0
selection=(-trait- Category=Slow)
everything=1
more=()
if [ "${1:-}" = --all ]; then
  more=(chromium) # 124 MB, for one of the slow proofs
  export ACCOUNTS_FUZZ_SECONDS=${ACCOUNTS_FUZZ_SECONDS:-60}
  selection=()
  shift
fi
if [ $# -gt 0 ]; then
  selection=("$@")
  everything=0
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ] || exit 1
  exit 0
}

# A step beside the test projects, counted as one test.
check() { # name, command...
  local name=$1
  shift
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok    $name$(tail -n 1 "$log" | sed 's/^/: /')"
  else
    failed=$((failed + 1))
    cat "$log"
    echo "FAIL  $name"
  fi
}

left_out() { # name, reason
  if [ "${CI:-}" = true ]; then
    failed=$((failed + 1))
    echo "FAIL  $1: $2"
  else
    skipped=$((skipped + 1))
    echo "skip  $1: $2"
  fi
}

# The runner ends with "Total: 12, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, …"; with "Total: 0" when nothing matched. Without that
# line it died. "Not Run" are explicit tests, which other tests start.
run_project() { # project folder
  local name program rc=0 total errors failures skips explicit
  name=$(basename "$1")
  program=$1/bin/$configuration/net10.0/$name
  "$program" -noLogo -noColor -longRunning 120 "${selection[@]}" 2>&1 | tee "$log" || rc=$?
  read -r total errors failures skips explicit < <(sed -nE \
    -e "s/^ +$name +Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+).*/\1 \2 \3 \4 \5/p" \
    -e "s/^ +$name +Total: 0$/0 0 0 0 0/p" "$log" | tail -n 1) || {
    total=0 errors=1 failures=0 skips=0 explicit=0
    echo "FAIL  $name: it ended without a summary (exit code $rc)"
  }

  passed=$((passed + total - failures - skips - explicit))
  [ "$((failures + errors))" = 0 ] && [ "$rc" != 0 ] && errors=1
  failed=$((failed + failures + errors))
  skipped=$((skipped + skips))
  if [ "$((total - explicit))" = 0 ] && [ "$errors" = 0 ] && [ "$everything" = 1 ]; then
    failed=$((failed + 1))
    echo "FAIL  $name: it ran no test"
  fi
}

native_aot() {
  dotnet publish tests/Digibee.Accounts.AotTests -c "$configuration" -v q --nologo -o artifacts/aot && timeout 300 artifacts/aot/Digibee.Accounts.AotTests
}

new_key() {
  timeout 60 dotnet run --project samples/Quickstart -c "$configuration" --no-build -- new-key | grep -Ex 'dgbk1\.[0-9a-f]{16}\.[A-Za-z0-9_-]{43}' >/dev/null && echo "a key is printed"
}

package_consumer() {
  eng/pack.sh --no-build && timeout 300 dotnet run --project samples/PackageConsumer -c "$configuration" -p:UseSharedCompilation=false
}

if ! command -v dotnet >/dev/null; then
  echo "The .NET SDK is missing: global.json says which version."
  failed=1
  finish
fi

eng/install.sh || true
[ ${#more[@]} = 0 ] || eng/install.sh "${more[@]}" || true

if ! dotnet build Digibee.Accounts.sln -c "$configuration" -v q --nologo -clp:NoSummary -p:UseSharedCompilation=false; then
  echo "FAIL  the build"
  failed=1
  finish
fi

for project in tests/*/; do
  [ "$project" = tests/Digibee.Accounts.AotTests/ ] || run_project "${project%/}"
done

if [ "$everything" = 1 ]; then
  check formatting dotnet format whitespace . --folder --verify-no-changes --exclude artifacts
  check "custom store" timeout 300 dotnet run --project samples/CustomStore -c "$configuration" --no-build
  check quickstart timeout 300 dotnet run --project samples/Quickstart -c "$configuration" --no-build
  check "quickstart, new-key" new_key
  check "send mail" timeout 300 dotnet run --project samples/SendMail -c "$configuration" --no-build
  if eng/install.sh native-aot >"$log" 2>&1; then check "native AOT" native_aot; else left_out "native AOT" "$(tail -n 1 "$log")"; fi
  check "package consumer" package_consumer
elif [ "$((passed + failed + skipped))" = 0 ]; then
  failed=1
  echo "FAIL  no test is selected by: ${selection[*]}"
fi

finish
