"""Ports behind a network: devices on ptys that ser2net serves, raw and by RFC 2217."""

import shutil

from . import feeds
from .broker import Broker, Collector
from .commands import LOCAL_BROKER, Mhz19
from .lab import check, run, wait_for
from .nodes import Network, serial


def _ser2net(lab, host, ports):
    """Starts ser2net in the host's namespace; `ports`: (accepter, device)."""
    config = lab.path("ser2net.yaml")
    with open(config, "w", encoding="ascii") as file:
        file.write("%YAML 1.1\n---\n")
        for number, (accepter, device) in enumerate(ports):
            file.write("connection: &c%d\n  accepter: %s\n" % (number, accepter))
            file.write("  connector: serialdev,%s,1200n81,local\n" % device)
    return lab.spawn(host, "ser2net", ["ser2net", "-d", "-c", config])


def case_n(lab):
    """Ports of ser2net: a text sensor raw, an MH-Z19 by RFC 2217 that is told something; ser2net dies and comes back."""
    check(shutil.which("ser2net"), "ser2net is not installed (see .ci/run)")
    line = feeds.Line(lab, lab.path("tty-soil"), feeds.text_line)
    device = Mhz19(lab, lab.path("tty-co2"))
    network = Network(lab)
    host = lab.host("solo")
    # ser2net looks addresses up, and finds none on a machine that has only 127.0.0.1.
    run("ip", "netns", "exec", host, "ip", "addr", "add", "10.99.0.1/32", "dev", "lo")
    ports = [
        ("tcp,127.0.0.1,4001", line.path),
        ("telnet(rfc2217=true),tcp,127.0.0.1,4002", lab.path("tty-co2")),
    ]
    server = _ser2net(lab, host, ports)
    Broker(lab, host)
    collector = Collector(lab, host)
    sensors = [
        serial("soil", "text.keyvalue", "tcp://127.0.0.1:4001", options={"units": "temp:Cel,hum:%RH"}),
        serial("co2", "winsen.mhz19b", "rfc2217://127.0.0.1:4002", settle="0s", allow_commands=["abc_off"]),
        serial("gone", "text.keyvalue", "tcp://127.0.0.1:4009"),
    ]
    agent = network.node(host, "solo", [], sensors, LOCAL_BROKER, '[coap]\ncommands = ["local"]\n').start().ready()

    def state(name):
        return next(s for s in agent.ask("status")["sensors"] if s["name"] == name)

    wait_for("readings of both", lambda: all(collector.values("solo", q) for q in ("temp", "co2")), 40)
    for name in ("soil", "co2"):
        check(state(name)["state"] == "ready", "%s: %r" % (name, state(name)))
        check(state(name)["badFrames"] == 0, "%s: %r" % (name, state(name)))
    check("does not take the connection" in state("gone")["problem"], "gone: %r" % state("gone"))
    code, out, said = agent.tell("do", "co2/abc_off")
    check(code == 0 and len(device.commands) == 1, "abc_off: exit %d: %s%s, heard %s" % (code, out, said, device.commands))

    lab.stop(server, seconds=5)
    wait_for("both are lost", lambda: all(state(n)["state"] == "lost" for n in ("soil", "co2")), 30)
    check(state("soil")["problem"], "no problem is named: %r" % state("soil"))
    before = {q: len(collector.values("solo", q)) for q in ("temp", "co2")}
    _ser2net(lab, host, ports)
    wait_for("readings again", lambda: all(len(collector.values("solo", q)) > before[q] + 2 for q in before), 60)
    check(not collector.missing("solo"), "missing: %s" % collector.missing("solo"))
    return "both read, one told, through ser2net raw and by RFC 2217; lost and found again"
