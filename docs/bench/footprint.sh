#!/usr/bin/env bash
# Memory, threads and CPU of a sensor node and a gateway on this machine, under the launcher's own flags and
# -XX:MaxRAM=512m. Two nodes on a peers link over loopback, a virtual sensor at one reading per second, mosquitto.
#
#     docs/bench/footprint.sh [SECONDS]        600 if not given; JAVA_HOME chooses the JVM
#
# Needs mosquitto, mosquitto_sub, coap-client-notls, and built programs (./thicket --version builds them). Prints a
# Markdown table. CPU is utime+stime of the process, all threads of the JVM included; its resolution is 10 ms.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-600}
base=${FOOTPRINT_PORT:-15600}
export THICKET_JAVA_OPTS="-XX:MaxRAM=512m ${THICKET_JAVA_OPTS:-}"

work=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    if [ -n "${KEEP:-}" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap finish EXIT

# From an installed layout: what a device runs, and no build can come in between.
DESTDIR=$work/root pi-images/install.sh >/dev/null
thicket=$work/root/opt/thicket/thicket
"$thicket" network new "$work/network.toml" >/dev/null

printf 'listener %d 127.0.0.1\nallow_anonymous true\npersistence false\nuser root\n' $((base + 3)) >"$work/mosquitto.conf"
mosquitto -c "$work/mosquitto.conf" >"$work/mosquitto.log" 2>&1 &
pids+=($!)

node() { # NAME OWN_LINK OTHER_LINK COAP
    cat <<END
[node]
name = "$1"
data_dir = "$work/data-$1"
clock = "trusted"
[network]
key_file = "$work/network.toml"
[[link]]
type = "peers"
listen = "127.0.0.1:$2"
peers = ["127.0.0.1:$3"]
[coap]
listen = ["127.0.0.1:$4"]
END
}
{
    node gw "$base" $((base + 1)) $((base + 4))
    printf '[gateway]\nbroker = "tcp://127.0.0.1:%d"\n' $((base + 3))
} >"$work/gw.toml"
{
    node sensor $((base + 1)) "$base" $((base + 5))
    printf '[[sensor]]\nname = "climate"\ndriver = "virtual.sensor"\ninterval = "1s"\n'
} >"$work/sensor.toml"

cpu_ms() { # PID: utime + stime, the 14th and 15th field, counted behind the program's name
    awk -v hz="$(getconf CLK_TCK)" '{ sub(/^.*\) /, ""); print int(($12 + $13) * 1000 / hz) }' "/proc/$1/stat"
}
smaps() { # PID FIELD: KB -> MB
    awk -v field="$2:" '$1 == field { printf "%.1f", $2 / 1024 }' "/proc/$1/smaps_rollup"
}
threads() { awk '/^Threads:/ { print $2 }' "/proc/$1/status"; }
started=()
start() { # WORD NAME COAP: starts a node, waits for its first answer
    local from word=$1 name=$2 port=$3
    from=$(date +%s%N)
    "$thicket" "$word" --config "$work/$name.toml" >"$work/$name.log" 2>&1 &
    local pid=$!
    pids+=("$pid")
    until coap-client-notls -m get -B 1 "coap://127.0.0.1:$port/status" 2>/dev/null | grep -q '^{'; do
        kill -0 "$pid" 2>/dev/null || { cat "$work/$name.log" >&2; exit 1; }
        sleep 0.02
    done
    started=("$pid" "$(cpu_ms "$pid")" "$((($(date +%s%N) - from) / 1000000))")
}
start gateway gw $((base + 4))
gateway=("${started[@]}")
start agent sensor $((base + 5))
sensor=("${started[@]}")
mosquitto_sub -V 5 -p $((base + 3)) -q 1 -t 'thicket/v1/+/n/sensor/data' -F '%U' >"$work/received" &
pids+=($!)

row() { # LABEL PID START_CPU START_WALL CPU_PER_MINUTE
    printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "$1" "$(smaps "$2" Rss)" "$(smaps "$2" Anonymous)" \
        "$(smaps "$2" Pss)" "$(threads "$2")" "$5" "$3" "$4"
}
last=$((seconds < 120 ? seconds / 2 : 60))
sleep $((seconds - last))
for pid in "${sensor[0]}" "${gateway[0]}"; do
    kill -0 "$pid" 2>/dev/null || { echo "process $pid ended early:" >&2; tail -n 5 "$work"/{gw,sensor}.log >&2; exit 1; }
done
cpu_before=("$(cpu_ms "${sensor[0]}")" "$(cpu_ms "${gateway[0]}")")
sleep "$last"
per_minute=()
for i in 0 1; do
    pid=$([ $i = 0 ] && echo "${sensor[0]}" || echo "${gateway[0]}")
    per_minute+=($((($(cpu_ms "$pid") - cpu_before[i]) * 60 / last)))
done
received=$(wc -l <"$work/received")
if [ -n "${JCMD:-}" ]; then
    for pid in "${sensor[0]}" "${gateway[0]}"; do "$JCMD" "$pid" GC.class_histogram; done >&2
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
echo "$("$java" -version 2>&1 | sed -n 1p), $(uname -m), $(nproc) cores, $(date -u +%F), after $seconds s; $received messages reached the broker"
echo
echo "| process | RSS MB | anon MB | PSS MB | threads | CPU ms/min | start: CPU ms | start: wall ms |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
row "sensor node" "${sensor[@]}" "${per_minute[0]}"
row "gateway" "${gateway[@]}" "${per_minute[1]}"
[ "$received" -gt 0 ] || { echo "no reading reached the broker; see KEEP=1" >&2; exit 1; }
grep -hE 'WARN|ERROR|Exception' "$work"/{gw,sensor}.log >&2 || true
