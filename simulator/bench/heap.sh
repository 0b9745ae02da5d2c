#!/bin/sh
# How much of Java's heap a node takes: heap.sh [SIZE ...], of 100, 1000, 10000 and 100000 nodes (default: 1000). Runs
# speed-SIZE.toml, and when AT seconds are simulated counts what is alive after a full collection. What a network of two nodes
# takes, which is nearly all the JVM's and the libraries' own, is subtracted. Prints a table; docs/bench/simulator.md has figures.
#   AT=290         seconds from power-up; the run has one minute more, so that no node has much traffic still to come
#   HEAP=9g        Java's heap
#   THICKET=PATH   the command to measure, instead of this tree's
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
thicket=${THICKET:-$here/../../thicket}
at=${AT:-290}
# Without the last option up to a twentieth of the heap is dead objects that the collector finds not worth moving.
export THICKET_JAVA_OPTS="-Xmx${HEAP:-5g} -XX:-UseParallelGC -XX:+UseSerialGC -XX:MarkSweepDeadRatio=0 ${THICKET_JAVA_OPTS:-}"
if [ -n "${JAVA_HOME:-}" ]; then jcmd=$JAVA_HOME/bin/jcmd; else jcmd=jcmd; fi
command -v "$jcmd" >/dev/null || { echo "heap.sh: no jcmd; it comes with a JDK, not with a JRE alone" >&2; exit 69; }

[ $# -gt 0 ] || set -- 1000
for size in "$@"; do
    [ -f "$here/speed-$size.toml" ] || { echo "heap.sh: there is no speed-$size.toml; sizes are 100, 1000, 10000 and 100000" >&2; exit 2; }
done
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# alive FILE: sets bytes, and when to the second of the count. Not faster than 10 times real time, so that the count comes in time.
alive() {
    : >"$work/progress"
    "$thicket" sim run "$1" --speed 10x --json "$work/summary" >"$work/out" 2>"$work/progress" &
    pid=$!
    bytes=
    while kill -0 "$pid" 2>/dev/null; do
        when=$(tr '\r' '\n' <"$work/progress" | sed -n 's/^\([0-9]*\) of .* s simulated.*/\1/p' | tail -n 1)
        if [ "${when:-0}" -ge "$at" ]; then
            bytes=$("$jcmd" "$pid" GC.class_histogram 2>/dev/null | awk '$1 == "Total" { print $3 }') || true
            break
        fi
        sleep 0.2
    done
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    pid=
    [ -n "$bytes" ] || { tr '\r' '\n' <"$work/progress" | tail -n 5 >&2; echo "heap.sh: $1 was over before $at s were counted" >&2; exit 1; }
}

sed -e 's/^count = .*/count = 2/' -e 's/^gateway_count = .*/gateway_count = 1/' -e "s/^duration = .*/duration = \"$((at + 60))s\"/" \
    "$here/speed-100.toml" >"$work/two.toml"
alive "$work/two.toml"
two=$bytes
printf '| %7s | %9s | %12s | %12s | %11s |\n' nodes 'counted s' 'alive, bytes' 'of two nodes' 'KB a node'
printf '| ---: | ---: | ---: | ---: | ---: |\n'
for size in "$@"; do
    sed "s/^duration = .*/duration = \"$((at + 60))s\"/" "$here/speed-$size.toml" >"$work/speed-$size.toml"
    alive "$work/speed-$size.toml"
    printf '| %7s | %9s | %12s | %12s | %11s |\n' "$size" "$when" "$bytes" "$two" \
        "$(awk "BEGIN { printf \"%.1f\", ($bytes - $two) / $size / 1000 }")"
done
