#!/bin/sh
# What this machine's memory is: how long a step takes that needs the one before it, through memory of growing size. Large simulations wait
# for it most of the time. Takes half a minute; needs a JDK 17 or later.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
# Where the system has none Java would say so on standard output.
if grep -qs '\[always\]\|\[madvise\]' /sys/kernel/mm/transparent_hugepage/enabled; then huge=-XX:+UseTransparentHugePages; else huge=; fi
# shellcheck disable=SC2086
exec "$java" $huge -Xms2g -Xmx2g -XX:+UseSerialGC "$here/chase/Chase.java"
