#!/bin/sh
# What a simulation waits for: which lines of memory an event looks at that a cache would not have, and where: lines.sh [FILE.toml]
# (default: speed-1000.toml with 480 s). Counted, not timed: what else the machine does changes nothing. Prints figures of one event;
# docs/bench/simulator-tuning.md says how to read them. Takes minutes, many times as long as the run alone; needs a JDK 17 to 22.
#   FROM=900000    events before it begins to count
#   CACHE=65536    lines of 64 bytes that the cache has
#   STACKS=FILE    the calls that led to what is waited for, as flame graphs take them (default: lines.collapsed here)
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ -n "${JAVA_HOME:-}" ]; then bin=$JAVA_HOME/bin/; else bin=; fi
open="--add-exports java.base/jdk.internal.misc=ALL-UNNAMED"
for package in asm asm.tree; do open="$open --add-exports java.base/jdk.internal.org.objectweb.$package=ALL-UNNAMED"; done

scenario=${1:-$work/speed-1000.toml}
[ $# -gt 0 ] || sed 's/^duration *=.*/duration = "480s"/' "$here/speed-1000.toml" >"$scenario"
[ -f "$scenario" ] || { echo "lines.sh: there is no $scenario" >&2; exit 2; }
"$here/../../thicket" sim explain "$scenario" >/dev/null # builds what is missing

mkdir "$work/agent"
# shellcheck disable=SC2086
"${bin}javac" -nowarn $open -d "$work/agent" "$here"/lines/*.java 2>"$work/javac" \
    || { cat "$work/javac" >&2; echo "lines.sh: needs a JDK 17 to 22, later ones have no such library in them" >&2; exit 69; }
mkdir -p "$work/counter/lines"
mv "$work"/agent/lines/LineCounter*.class "$work/counter/lines"
printf 'Premain-Class: lines.LineAgent\nCan-Retransform-Classes: true\n' >"$work/manifest"
"${bin}jar" cf "$work/counter.jar" -C "$work/counter" .
"${bin}jar" cfm "$work/agent.jar" "$work/manifest" -C "$work/agent" .

THICKET_JAVA_OPTS="-Xmx8g -Xshare:off -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote
    -XX:-BytecodeVerificationLocal $open -javaagent:$work/agent.jar=$work/counter.jar -Dlines.from=${FROM:-900000}
    -Dlines.cache=${CACHE:-65536} -Dlines.stacks=${STACKS:-lines.collapsed} ${THICKET_JAVA_OPTS:-}" \
    "$here/../../thicket" sim run "$scenario" --quiet >/dev/null
