#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The console on a server that is ill in those parts of Windows that Wine does not have: the stand-ins answer for them.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source=../demo/server.sh
source "$here/../demo/server.sh"
build="${MARS_WINDOWS_BUILD:?the folder of the Windows build}"

folder="$(mktemp -d "$(memory_folder)/mars-wizard.XXXXXX")"
prefix="$folder/server"
trap 'stop_server "$prefix"; rm -rf "$folder"' EXIT

"$here/../demo/make_server" "$prefix" "$build" --healthy --scenario "$here/../demo/windows_parts.json"
start_server "$prefix"
python3 -B "$here/windows_parts.py" "$prefix" "$build/wine/mars-check.exe" "$build/mars-check.exe"
