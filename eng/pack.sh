#!/usr/bin/env bash
# Packs what src/ builds into artifacts/packages and opens the packages: a readme, the licence, the documentation, symbols, and
# nothing of the machine they were built on.
#
#   eng/pack.sh [--no-build]
set -euo pipefail
cd "$(dirname "$0")/.."

command -v unzip >/dev/null || { echo "pack: unzip is missing (eng/install.sh packages)" >&2; exit 1; }

output=artifacts/packages
rm -rf "$output"
dotnet pack Digibee.Accounts.sln -c Release -o "$output" -v q --nologo "$@"

failed=0
fail() {
  echo "pack: $1" >&2
  failed=1
}

has() { # archive, entry
  local entries
  entries=$(unzip -Z1 "$1")
  grep -qxF "$2" <<<"$entries" || fail "$1 has no $2"
}

for project in src/*/*.csproj; do
  id=$(basename "$project" .csproj)
  package=$(find "$output" -name "$id.[0-9]*.nupkg")
  symbols=$(find "$output" -name "$id.[0-9]*.snupkg")
  if [ -z "$package" ] || [ -z "$symbols" ]; then
    fail "$id was not packed with its symbols"
    continue
  fi

  has "$package" README.md
  has "$package" "lib/net10.0/$id.dll"
  has "$package" "lib/net10.0/$id.xml"
  has "$symbols" "lib/net10.0/$id.pdb"

  nuspec=$(unzip -p "$package" "$id.nuspec")
  for element in '<license type="expression">MIT</license>' '<readme>README.md</readme>' '<description>' '<tags>' '<copyright>' '<repository type="git"'; do
    [[ $nuspec == *"$element"* ]] || fail "$id.nuspec has no $element"
  done
  [[ $nuspec != *'version="0.0.0"'* ]] || fail "$id.nuspec names a version 0.0.0"

  # A deterministic build writes /_/ in place of the folder it ran in.
  if [ "${CI:-}" = true ] && [ "$(unzip -p "$package" "lib/net10.0/$id.dll" | grep -caF "$PWD/")" != 0 ]; then
    fail "$id.dll holds the path it was built in"
  fi
done

[ "$failed" = 0 ] && echo "pack: $(find "$output" -name '*.nupkg' | wc -l) packages in $output"
exit "$failed"
