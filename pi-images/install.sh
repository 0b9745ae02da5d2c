#!/bin/sh
# Installs the built programs and their systemd units on this machine, or below DESTDIR for an image:
#
#     ./thicket --version                        # builds what is stale
#     sudo pi-images/install.sh [--without-gateway]
#     DESTDIR=/mnt/root pi-images/install.sh
#
# Nothing is started or enabled, and an existing configuration is never touched.
set -eu

die() { printf 'install: %s\n' "$*" >&2; exit 1; }

with_gateway=yes
for word in "$@"; do
    case $word in
        --without-gateway) with_gateway=no ;;
        *) die "unknown option $word (there is --without-gateway; DESTDIR is an environment variable)" ;;
    esac
done

source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
root=${DESTDIR:-}
target=$root/opt/thicket
agent_dist=$source/agent/target/dist
gateway_dist=$source/gateway-bridge/target/dist

[ -f "$agent_dist/thicket-agent.jar" ] || die "the agent is not built; run ./thicket --version first"
[ -d "$agent_dist/natives" ] || die "$agent_dist/natives is missing; run ./thicket --version first"
if [ "$with_gateway" = yes ]; then
    [ -f "$gateway_dist/thicket-gateway.jar" ] || die "the gateway is not built; run ./thicket --version first"
fi
if [ -z "$root" ] && [ "$(id -u)" -ne 0 ]; then
    die "not root: use sudo, or set DESTDIR"
fi

install -d -m 755 "$target" "$target/natives" "$root/etc/systemd/system" "$root/usr/lib/sysusers.d"
install -m 755 "$source/thicket" "$target/thicket"
install -m 644 "$source/LICENSE" "$target/LICENSE"
install -m 644 "$agent_dist/thicket-agent.jar" "$target/thicket-agent.jar"
(cd "$agent_dist/natives" && find . -type f) | while read -r file; do
    install -D -m 644 "$agent_dist/natives/$file" "$target/natives/$file"
done
install -m 644 "$source/pi-images/systemd/thicket-agent.service" "$root/etc/systemd/system/thicket-agent.service"
if [ "$with_gateway" = yes ]; then
    install -m 644 "$gateway_dist/thicket-gateway.jar" "$target/thicket-gateway.jar"
    install -m 644 "$source/pi-images/systemd/thicket-gateway.service" "$root/etc/systemd/system/thicket-gateway.service"
else
    rm -f "$target/thicket-gateway.jar" "$root/etc/systemd/system/thicket-gateway.service"
fi
install -m 644 "$source/pi-images/systemd/thicket.sysusers" "$root/usr/lib/sysusers.d/thicket.conf"
install -d -m 755 "$root/usr/bin"
ln -sf /opt/thicket/thicket "$root/usr/bin/thicket"

owner=root
if [ -z "$root" ]; then
    if ! getent passwd thicket >/dev/null; then
        if command -v systemd-sysusers >/dev/null 2>&1; then
            systemd-sysusers thicket.conf
        else
            useradd --system --home-dir /var/lib/thicket --shell /usr/sbin/nologin thicket
        fi
    fi
    owner=thicket
fi
# The key file in it must be readable by the service only; below DESTDIR that user does not exist yet.
if [ ! -d "$root/etc/thicket" ]; then
    install -d -m 750 "$root/etc/thicket"
    if [ "$owner" = thicket ]; then chgrp thicket "$root/etc/thicket"; fi
fi
for example in "$source"/docs/examples/*.toml; do
    [ -f "$example" ] || continue
    install -m 644 "$example" "$root/etc/thicket/$(basename "$example").example"
done
if [ -z "$root" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi

cat <<END
Installed in $target. What is left to do:
  1. $root/etc/thicket/agent.toml (or gateway.toml), data_dir = "/var/lib/thicket"; start from the .example files there
  2. $root/etc/thicket/network.toml, the network's key: owner thicket, mode 0600
  3. systemctl enable --now thicket-agent    (or thicket-gateway)
END
