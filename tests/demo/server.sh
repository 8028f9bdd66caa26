# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# To be sourced: starts and stops a server that make_server made.
#   start_server PREFIX   the proxy answers and the prefix is awake when it returns
#   stop_server PREFIX    ends both and everything that runs in the prefix
#   in_server PREFIX PROGRAM ARGUMENT...
#   memory_folder         where servers are best made
# What start_server started ends by itself when the calling script ends.

demo="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"

# Thousands of files take a moment there and half a minute elsewhere.
memory_folder() {
    if [[ -w /dev/shm ]]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi
}

in_server() {
    local prefix="$1"
    shift
    WINEPREFIX="$prefix" WINEDEBUG="${WINEDEBUG:--all}" \
        WINEDLLOVERRIDES="${WINEDLLOVERRIDES:-mscoree,mshtml=;winemenubuilder.exe=d}" "$@"
}

# is_running FILE: the process whose id the file holds is alive.
is_running() {
    [[ -s "$1" ]] && kill -0 "$(< "$1")" 2> /dev/null
}

# wait_for FILE-WITH-PID SECONDS COMMAND...: until the command succeeds, while the process lives.
wait_for() {
    local pid_file="$1" tries=$(($2 * 20))
    shift 2
    until "$@" 2> /dev/null; do
        ((tries-- > 0)) && is_running "$pid_file" || return 1
        sleep 0.05
    done
}

start_server() {
    local prefix="$1" server="$1/server"
    [[ -s "$server/proxy.port" ]] || { echo "start_server: $prefix was not made by make_server" >&2; return 1; }
    ! is_running "$server/keep_alive.pid" || return 0
    rm -f "$server"/{proxy.ready,keep_alive.out,alive}

    python3 -B "$demo/proxy.py" --certificates "$server/certificates" --rules "$server/proxy.rules" \
        --port "$(< "$server/proxy.port")" --port-file "$server/proxy.ready" --log "$server/proxy.log" \
        --clock "$prefix/drive_c/stand-in/clock.txt" --until-pid $$ < /dev/null > "$server/proxy.out" 2>&1 &
    echo $! > "$server/proxy.pid"

    # The pipe's end is what tells keep_alive.exe to end; this holds it open as long as the script lives.
    mkfifo "$server/alive"
    tail -f /dev/null --pid=$$ > "$server/alive" 2> /dev/null &
    echo $! > "$server/holder.pid"
    in_server "$prefix" wine 'C:\stand-in\keep_alive.exe' \
        < "$server/alive" > "$server/keep_alive.out" 2> "$server/keep_alive.err" &
    echo $! > "$server/keep_alive.pid"

    if ! wait_for "$server/proxy.pid" 20 test -s "$server/proxy.ready" \
        || ! wait_for "$server/keep_alive.pid" 60 grep -q ready "$server/keep_alive.out"; then
        cat "$server/proxy.out" "$server/keep_alive.err" >&2
        stop_server "$prefix"
        return 1
    fi
}

stop_server() {
    local prefix="$1" server="$1/server" name
    for name in holder proxy; do
        ! is_running "$server/$name.pid" || kill "$(< "$server/$name.pid")" 2> /dev/null || true
    done
    # Only this prefix's; it fails when nothing runs any more.
    in_server "$prefix" timeout 30 wineserver -k 2> /dev/null || true
    in_server "$prefix" timeout 30 wineserver -w || true
    rm -f "$server"/{holder,proxy,keep_alive}.pid "$server/alive"
}
