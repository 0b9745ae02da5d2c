"""A simulation that the world can meet: a stock CoAP client, a real broker, a real agent, a device on a pty."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import zlib

from . import feeds
from .broker import Broker, Collector
from .commands import Mhz19
from .lab import THICKET, Failed, check, run, wait_for

NAMES = ["office", "yard", "barn", "field"]

SCENARIO = """
[scenario]
name = "mixed"
duration = "20min"
warm_up = "10s"
[nodes]
layout = "line"
count = 4
names = ["office", "yard", "barn", "field"]
gateways = ["office"]
[[traffic]]
interval = "2s"
[[sensor]]
name = "temperature"
unit = "Cel"
value = 21.5
[bridge]
site = "farm"
broker = "mqtt://127.0.0.1:1883"
[[bridge_link]]
node = "field"
listen = "127.0.0.1:5900"
peers = ["127.0.0.1:5690"]
[[bridge_sensor]]
node = "barn"
name = "soil"
driver = "text.keyvalue"
port = "%s"
settle = "0s"
options = { units = "temp:Cel,hum:%%RH" }
"""


def _coap(host, port, path, proxy_to=None):
    """What libcoap's client prints; empty if there was no answer, or one of an error (5.03: no reading yet)."""
    command = ["ip", "netns", "exec", host, "coap-client-notls", "-v", "0", "-m", "get", "-B", "10"]
    local = "coap://127.0.0.1:%d" % port
    command += ["-P", local, "coap://%s%s" % (proxy_to, path)] if proxy_to else [local + path]
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, stdin=subprocess.DEVNULL
    )
    said = result.stdout.strip()
    return "" if re.match(r"[45]\.[0-9][0-9] ", said) else said


def _events(path):
    """The events of a recording (docs/view.md)."""
    with open(path, "rb") as file:
        data = file.read()
    at = 12
    while data[at : at + 4] != b"INDX":
        length = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == b"BLCK":
            summary = int.from_bytes(data[at + 28 : at + 32], "big")
            for line in zlib.decompress(data[at + 32 + summary : at + 8 + length]).splitlines():
                yield json.loads(line)
        at += 12 + length


def _unless_dead(process, condition):
    if process.poll() is not None:
        raise Failed("%s ended with exit %d" % (process.label, process.returncode))
    return condition()


def case_o(lab):
    """A bridged simulation: libcoap reads simulated sensors, mosquitto gets the readings, a real agent joins, a pty feeds a driver."""
    line = feeds.Line(lab, lab.path("tty-soil"), feeds.text_line)
    host = lab.host("solo")
    broker = Broker(lab, host)
    collector = Collector(lab, host)
    scenario = lab.path("mixed.toml")
    with open(scenario, "w", encoding="ascii") as file:
        file.write(SCENARIO % line.path)
    said = run(THICKET, "sim", "export-config", scenario, "--bridge", "--out", lab.path("real"))
    check("NOT SECRET" in said, "export-config: %s" % said)
    summary = lab.path("summary.json")
    recording = lab.path("mixed.run")
    sim = lab.spawn(host, "sim", [THICKET, "sim", "run", scenario, "--bridge", "--json", summary, "--trace", recording])
    wait_for("the table of addresses", lambda: _unless_dead(sim, lambda: "coap://127.0.0.1:5803" in lab.log(sim)), 60)

    # A stock client reads a simulated sensor: at its own port, and through another node's proxy over three hops.
    at_field = wait_for("/sensors/t of field", lambda: _unless_dead(sim, lambda: _coap(host, 5803, "/sensors/t")), 60)
    check(at_field.startswith("["), "directly: %r" % at_field)
    check({r.get("n"): r.get("v") for r in json.loads(at_field)}.get("temperature") == 21.5, "directly: %s" % at_field)
    far = wait_for("field through office", lambda: "21.5" in _coap(host, 5800, "/sensors/t", "field"), 60)
    check(far, "over three hops")
    links = _coap(host, 5802, "/.well-known/core")
    check("</sensors/soil>" in links and "</sensors/t>" in links, "/.well-known/core of barn: %s" % links)

    # Readings are at the real broker, those of the device on the pty too.
    for name in NAMES[1:]:
        wait_for("readings of %s" % name, lambda: collector.values(name, "temperature"), 60)
    wait_for("ten readings of the pty", lambda: len(collector.values("barn", "temp")) >= 10, 60)
    values = collector.values("barn", "temp")
    check(all(unit == "Cel" for _, unit, _, _ in values), "units: %r" % values[:3])
    sent = {round(20 + n / 100, 2): at for n, at in line.sent.items()}
    late = [abs(at - sent[round(v, 2)]) for v, _, at, _ in values]
    check(max(late) < 1.0, "times of readings are off by up to %.2f s" % max(late))

    # A real agent process joins over UDP: its readings go through the simulated mesh, and it answers through a simulated proxy.
    real = lab.spawn(host, "real-1", [THICKET, "agent", "--config", lab.path("real", "real-1.toml")])
    wait_for("readings of the real agent", lambda: _unless_dead(real, lambda: collector.all("real-1")), 90)
    hops = [int(m["users"]["hops"]) for m in collector.all("real-1")]
    check(max(hops) == 4, "hops of the real agent's readings: %r" % hops)
    wait_for("the real agent through office", lambda: "real-1" in _coap(host, 5800, "/status", "real-1"), 60)
    check("21.5" in wait_for("yard through the real agent", lambda: _coap(host, 5683, "/sensors/t", "yard"), 60), "yard")
    lab.stop(real)

    # The broker is away for a while: gateway and counting subscriber come back, nothing is lost and nothing comes twice.
    broker.stop()
    time.sleep(5)
    broker.start()
    before = len(collector.values("barn", "temp"))
    wait_for("readings after the broker's outage", lambda: len(collector.values("barn", "temp")) > before + 8, 90)

    # Ctrl-C: the summary is written, ports are closed, the gateway has said goodbye, the exit code is that of the checks.
    line.quiet()
    code = lab.stop(sim, signal.SIGINT, 40)
    check(code == 0, "exit %d" % code)
    with open(summary, encoding="utf-8") as file:
        its = json.load(file)
    check(its["traceHash"] is None and its["invariantViolations"] == 0, "summary: %r" % its)
    bridge = its["bridge"]
    check(bridge["foreignReadings"] >= 1 and bridge["refused"] == 0, "bridge: %r" % bridge)
    check(bridge["witnessProblem"] is None, "bridge: %r" % bridge)
    crossed = [(e["k"], e.get("c") or e["name"]) for e in _events(recording) if e["k"] in ("in", "out", "foreign")]
    expected = [("out", "HELLO"), ("in", "HELLO"), ("in", "DATA"), ("out", "E2E_ACK"), ("foreign", "real-1")]
    check(set(expected) <= set(crossed), "crossed the link: %r" % sorted(set(crossed)))
    check(("in", "OTHER") not in crossed, "%d frames could not be opened" % crossed.count(("in", "OTHER")))
    check(its["duplicates"] == 0, "duplicates: %d" % its["duplicates"])
    missing = its["offered"] - its["delivered"]
    check(0 <= missing <= 8, "%d of %d readings are not at the broker" % (missing, its["offered"]))
    status = run(
        "ip", "netns", "exec", host, "mosquitto_sub", "-V", "5", "-t", "thicket/v1/farm/gw/office/status", "-C", "1", "-W", "5"
    )
    check("offline" in status, "status of the gateway: %s" % status)
    for name in NAMES[1:]:
        missing, again = collector.missing(name), collector.silent_repeats(name)
        check(not missing and not again, "%s: missing %s, came again unmarked %s" % (name, missing, again))
    check(os.path.exists(line.path), "the pty is still there")
    return "%d of %d readings at mosquitto, %d of the pty, %d of the real agent over %d hops; at most %d ms behind" % (
        its["delivered"],
        its["offered"],
        len(collector.values("barn", "temp")),
        len(collector.all("real-1")),
        max(hops),
        bridge["mostLagMs"],
    )


WATCHED = """
[scenario]
name = "watched"
duration = "10min"
warm_up = "5s"
[nodes]
layout = "line"
count = 3
names = ["office", "yard", "barn"]
gateways = ["office"]
[[traffic]]
interval = "2s"
[[fault]]
kind = "crash"
nodes = ["office"]
at = "35s"
for = "25s"
[bridge]
site = "farm"
broker = "mqtt://127.0.0.1:1883"
commands = ["local", "mesh"]
[[bridge_sensor]]
node = "barn"
name = "co2"
driver = "winsen.mhz19b"
port = "%s"
settle = "0s"
allow_commands = ["abc_off"]
[[check]]
kind = "delivery"
at_least = 0.5
[[check]]
kind = "control"
at_most = 0
"""


WATCHER = """
import sys, time, urllib.request
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    print(urllib.request.urlopen(sys.argv[1]).read().decode(), flush=True)
    time.sleep(0.2)
"""


def _live(host, port, seconds):
    """What the live page is told in so many seconds, five times each."""
    command = ["ip", "netns", "exec", host, sys.executable, "-c", WATCHER, "http://127.0.0.1:%d/api/live" % port, str(seconds)]
    return [json.loads(line) for line in run(*command, stdin=subprocess.DEVNULL).splitlines()]


def case_p(lab):
    """A bridged run watched live: the page follows it, a gateway's crash is one to mosquitto, a device is told something, Ctrl-C ends all
    with the summary."""
    device = Mhz19(lab, lab.path("tty-co2"))
    host = lab.host("solo")
    broker = Broker(lab, host)
    collector = Collector(lab, host)
    status = lab.spawn(host, "status", ["mosquitto_sub", "-V", "5", "-t", "thicket/v1/farm/gw/office/status", "-F", "%U %p"])
    scenario = lab.path("watched.toml")
    with open(scenario, "w", encoding="ascii") as file:
        file.write(WATCHED % lab.path("tty-co2"))
    recording = lab.path("watched.run")
    command = [THICKET, "sim", "view", scenario, "--bridge", "--no-browser", "--port", "8080", "--trace", recording]
    command += ["--json", lab.path("watched.json")]
    view = lab.spawn(host, "view", command)
    wait_for("the page", lambda: _unless_dead(view, lambda: "http://127.0.0.1:8080/" in lab.log(view)), 60)

    # The page hears of the run as it goes on, several times a second, at the pace of the clock.
    heads = _live(host, 8080, 4)
    moved = len({head["toUs"] for head in heads})
    check(moved >= 10, "%d pictures in 4 s: %s" % (moved, heads))
    went = (heads[-1]["toUs"] - heads[0]["toUs"]) / 1e6
    check(all(h["state"] == "live" for h in heads) and 2.5 < went < 5, "in 4 s: %s" % heads)

    # A command goes through the proxy of office and over two simulated hops to a device on a pty, which confirms it.
    post = ["ip", "netns", "exec", host, "coap-client-notls", "-v", "0", "-m", "post", "-B", "12"]
    post += ["-P", "coap://127.0.0.1:5800", "coap://barn/sensors/co2/commands/abc_off"]
    confirmed = wait_for("the command", lambda: "confirmed" in subprocess.run(post, stdout=subprocess.PIPE, text=True).stdout, 25)
    check(confirmed and device.commands[-1] == "ff01790000000000" + "86", "the device heard %s" % device.commands)

    # The gateway loses power: no DISCONNECT, and the broker says offline for it.
    def at_broker():
        return [line.split(" ")[1] for line in lab.log(status).splitlines()]

    client = wait_for("the gateway's client", lambda: re.search(r"as (\S*office\S*) \(", lab.log(broker.process)), 20).group(1)
    check("offline" not in at_broker(), "status before the crash: %s" % at_broker())
    wait_for("offline, by the broker", lambda: _unless_dead(view, lambda: "offline" in at_broker()), 70)
    check("Received DISCONNECT from %s" % client not in lab.log(broker.process), "it took leave")
    wait_for("online again", lambda: at_broker()[-1] == "online", 40)
    seen = len(collector.values("barn", "co2"))
    wait_for("readings after the reboot", lambda: len(collector.values("barn", "co2")) > seen, 40)

    # Ctrl-C ends run, page and recording; now the gateway does take leave. One check held and one did not: that is the exit code.
    began = time.monotonic()
    code = lab.stop(view, signal.SIGINT, 40)
    took = time.monotonic() - began
    told = lab.log(view)
    check(code == 1, "exit %d: %s" % (code, told[-500:]))
    check("held       delivery" in told and "FAILED     control" in told, "no verdict: %s" % told[-800:])
    with open(lab.path("watched.json"), encoding="utf-8") as file:
        its = json.load(file)
    check([each["held"] for each in its["checks"]] == [True, True, False], "checks: %r" % its["checks"])
    check(its["delivered"] > 0 and its["bridge"]["witnessProblem"] is None, "summary: %r" % its)
    wait_for("the farewell", lambda: at_broker()[-1] == "offline", 5)
    check("Received DISCONNECT from %s" % client in lab.log(broker.process), "no farewell")
    with open(recording, "rb") as file:
        check(file.read()[-8:] == b"THKEND\r\n", "the recording has no end")
    said = "%d pictures of the page in 4 s; offline by the broker's will, online again; confirmed over two hops; ended in %.1f s, %d of %d delivered"
    return said % (
        moved,
        took,
        its["delivered"],
        its["offered"],
    )
