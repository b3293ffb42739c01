#!/usr/bin/env bash
# Packs the projects of src/, with their symbols, into artifacts/packages.
#
#   eng/pack.sh [OPTION ...]     options of dotnet pack
#
#   eng/pack.sh -p:RepositoryUrl=https://github.com/…   for publishing: packages and symbols say where the sources are
#   eng/pack.sh --no-build                              of what a Release build has made already
set -euo pipefail
cd "$(dirname "$0")/.."

output=artifacts/packages
rm -rf "$output"
dotnet pack Digibee.Accounts.sln -c Release -o "$output" -v q --nologo "$@"
echo "pack: $(find "$output" -name '*.nupkg' | wc -l) packages in $output"
