#!/usr/bin/env bash
# Installs what eng/test.sh needs beside the .NET SDK. As root on a system with apt it installs what is missing and starts no
# service; otherwise it says what is missing and how to get it.
#
#   eng/install.sh [TOPIC ...]      all topics when none is named
#
# Ends with 0 when everything is there, with 1 when something had to be left out.
set -euo pipefail

declare -A packages=(
  [native-aot]="gcc libc6-dev zlib1g-dev"   # tests/Digibee.Accounts.AotTests
)

has_header() {
  echo "#include <$1>" | "$2" -E -x c - >/dev/null 2>&1
}

is_there() {
  local compiler
  case $1 in
    native-aot)
      compiler=$(command -v clang || command -v gcc) || return 1
      has_header zlib.h "$compiler" && has_header stdlib.h "$compiler"
      ;;
  esac
}

topics=("$@")
[ $# -gt 0 ] || topics=("${!packages[@]}")

missing=()
for topic in "${topics[@]}"; do
  [ -n "${packages[$topic]:-}" ] || { echo "install: unknown topic: $topic" >&2; exit 2; }
  is_there "$topic" || missing+=("$topic")
done
[ ${#missing[@]} -gt 0 ] || exit 0

list=()
for topic in "${missing[@]}"; do
  read -ra more <<<"${packages[$topic]}"
  list+=("${more[@]}")
done

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "install: left out (${missing[*]}). As root: apt-get install ${list[*]}" >&2
  exit 1
fi

# No service may start: a policy-rc.d that says so, for the time of the installation only.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

echo "install: ${list[*]}"
if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${list[@]}"; } >&2; then
  echo "install: apt-get failed, left out: ${missing[*]}" >&2
  exit 1
fi
