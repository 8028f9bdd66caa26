#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The console on the demonstration server, on one that is ill in its settings, and on one whose proxy is dead: it finds
# the seeded problems and no others, repairs each, and undoes each.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source=../demo/server.sh
source "$here/../demo/server.sh"
build="${MARS_WINDOWS_BUILD:?the folder of the Windows build}"

folder="$(mktemp -d "$(memory_folder)/mars-wizard.XXXXXX")"
prefix="$folder/server"
trap 'stop_server "$prefix"; rm -rf "$folder"' EXIT

"$here/../demo/make_server" "$prefix" "$build"
# Drive N: is a network drive, with a copy of the credentials file.
mkdir "$folder/share"
ln -s "$folder/share" "$prefix/dosdevices/n:"
start_server "$prefix"
in_server "$prefix" timeout 60 wine reg add 'HKLM\Software\Wine\Drives' /v n: /d network /f > /dev/null
stop_server "$prefix"
start_server "$prefix"

python3 -B "$here/demonstration.py" seeded "$folder/share" "$prefix" "$build/wine/mars-check.exe"
stop_server "$prefix"

"$here/../demo/make_server" "$prefix" "$build" --healthy --scenario "$here/../demo/settings.json"
start_server "$prefix"
python3 -B "$here/demonstration.py" settings "$prefix" "$build/wine/mars-check.exe"
stop_server "$prefix"

# From here on the hosts answer without a proxy, too.
cc -shared -fPIC -o "$folder/direct.so" "$here/../demo/direct.c" -ldl
"$here/../demo/make_server" "$prefix" "$build" --healthy --scenario "$here/../demo/dead_proxy.json"
export LD_PRELOAD="$folder/direct.so"
MARS_DIRECT_PORT="$(< "$prefix/server/proxy.port")"
export MARS_DIRECT_PORT
start_server "$prefix"
python3 -B "$here/demonstration.py" dead-proxy "$prefix" "$build/wine/mars-check.exe"
