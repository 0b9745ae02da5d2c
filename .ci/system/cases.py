"""The cases of the system test. Each is a function of a Lab; its docstring is what it shows."""

import json
import signal
import time

from . import feeds
from .bridge import case_o, case_p  # noqa: F401 (cases, too)
from .broker import Broker, Collector
from .commands import case_k  # noqa: F401 (a case, too)
from .hostile import case_g, case_h, case_i  # noqa: F401 (cases, too)
from .gateways import case_j, case_q  # noqa: F401 (cases, too)
from .modbus import case_m  # noqa: F401 (a case, too)
from .netports import case_n  # noqa: F401 (a case, too)
from .lab import Failed, check, cpu_seconds, wait_for
from .nodes import Network, line_of, serial

LOCAL_BROKER = "tcp://127.0.0.1:1883"
HOPS = 5


def _far_end(lab):
    """The three serial lines of the far end: name -> Line, and the [[sensor]] sections."""
    lines = {
        "air": feeds.Line(lab, lab.path("tty-air"), lambda n: feeds.pms5003_frame(n % 500, n % 900, n % 1000)),
        "gps": feeds.Line(lab, lab.path("tty-gps"), feeds.gga),
        "soil": feeds.Line(lab, lab.path("tty-soil"), feeds.text_line),
    }
    sensors = [
        serial("air", "plantower.pms5003", lines["air"].path),
        serial("gps", "nmea0183", lines["gps"].path),
        serial("soil", "text.keyvalue", lines["soil"].path, options={"units": "temp:Cel,hum:%RH"}),
    ]
    return lines, sensors


def _line_network(lab, lossy_percent=0):
    lines, sensors = _far_end(lab)
    network = Network(lab)
    agents = line_of(lab, network, HOPS + 1, sensors, LOCAL_BROKER)
    gateway_host = agents[-1].host
    broker = Broker(lab, gateway_host)
    collector = Collector(lab, gateway_host)
    if lossy_percent:
        for agent in agents:
            lab.lossy(agent.host, lossy_percent)
    for agent in agents:
        agent.start()
    for agent in agents:
        agent.ready()
    return lines, agents, broker, collector


def _settle(collector, lines, node, seconds):
    """The devices stop talking; then nothing may be missing. Returns how long the rest took."""
    for line in lines.values():
        line.quiet()
    started = time.monotonic()
    soil = lines["soil"]

    def all_there():
        newest = round(20 + soil.number / 100, 2)
        arrived = {round(v, 2) for v, _, _, _ in collector.values(node, "temp")}
        return newest in arrived and not collector.missing(node)

    try:
        wait_for("the last reading of %s and all before it" % node, all_there, seconds, 0.3)
    except Failed as failed:
        raise Failed("%s; missing: %s" % (failed, collector.missing(node)[:20])) from failed
    return time.monotonic() - started


def _check_values(collector, lines, node):
    """Each value that was sent since the first one seen arrived, with the right unit and time."""
    expectations = (
        ("soil", "temp", "Cel", lambda n: round(20 + n / 100, 2), 2),
        ("gps", "altitude", "m", lambda n: round(n / 10, 1), 1),
        ("air", "pm10", "kg/m3", lambda n: round(n % 1000 * 1e-9, 12), 12),
    )
    for sensor, quantity, unit, value_of, digits in expectations:
        found = collector.values(node, quantity)
        check(found, "no %s arrived" % quantity)
        arrived = {}
        for value, its_unit, at, _ in found:
            check(its_unit == unit, "%s has the unit %r, not %r" % (quantity, its_unit, unit))
            arrived.setdefault(round(value, digits), at)
        line = lines[sensor]
        numbers = sorted(n for n in line.sent if value_of(n) in arrived)
        check(numbers, "no %s that was sent arrived: %r" % (quantity, list(arrived)[:5]))
        lost = [n for n in range(numbers[0], numbers[-1] + 1) if n in line.sent and value_of(n) not in arrived]
        check(not lost, "%s sent but not arrived: %s" % (quantity, lost[:20]))
        late = [(n, arrived[value_of(n)] - line.sent[n]) for n in numbers]
        wrong = [pair for pair in late if abs(pair[1]) > 1.0]
        check(not wrong, "%s with a wrong time (number, seconds off): %s" % (quantity, wrong[:10]))


def _max_hops(collector, node):
    return max(int(m["users"].get("hops", -1)) for m in collector.all(node))


def case_a(lab):
    """Line of 6: PMS5003, NMEA and text at the far end; each value arrives, no id missing, right unit and time."""
    lines, _, _, collector = _line_network(lab)
    wait_for("a first reading of n1", lambda: collector.all("n1"), 60)
    time.sleep(30)
    took = _settle(collector, lines, "n1", 30)
    _check_values(collector, lines, "n1")
    check(_max_hops(collector, "n1") == HOPS, "hops: %d" % _max_hops(collector, "n1"))
    ids = collector.ids("n1")
    return "%d readings, none missing, %d repeats, %d hops, last %.1f s after the end" % (
        len(ids),
        collector.repeats("n1"),
        HOPS,
        took,
    )


def case_b(lab):
    """Diamond: the relay in use dies by kill -9; no id missing."""
    lines, sensors = _far_end(lab)
    network = Network(lab)
    source, one, two, sink = (lab.host(n) for n in ("src", "r1", "r2", "gw"))
    for relay, name in ((one, "r1"), (two, "r2")):
        lab.cable(source, name, relay, "left")
        lab.cable(relay, "right", sink, name)
    agents = {
        "src": network.node(source, "src", ["r1", "r2"], sensors),
        "r1": network.node(one, "r1", ["left", "right"]),
        "r2": network.node(two, "r2", ["left", "right"]),
        "gw": network.node(sink, "gw", ["r1", "r2"], (), LOCAL_BROKER),
    }
    Broker(lab, sink)
    collector = Collector(lab, sink)
    for agent in agents.values():
        agent.start()
    for agent in agents.values():
        agent.ready()
    wait_for("a first reading of src", lambda: collector.all("src"), 60)
    time.sleep(10)
    routes = agents["src"].ask("routes")["routes"]
    used = [r["nextHopLabel"] for r in routes if r["label"] == "gw"]
    check(len(used) == 1 and used[0], "src has no route to gw: %r" % routes)
    relay = used[0]
    check(relay in ("r1", "r2"), "the next hop of src is %r" % relay)
    before = len(collector.ids("src"))
    lab.stop(agents[relay].process, signal.SIGKILL)
    killed = time.monotonic()
    wait_for("more readings of src", lambda: len(collector.ids("src")) > before + 3, 60)
    healed = time.monotonic() - killed
    time.sleep(20)
    _settle(collector, lines, "src", 60)
    _check_values(collector, lines, "src")
    return "%d readings, none missing, %d repeats; %s killed, flow again after %.1f s" % (
        len(collector.ids("src")),
        collector.repeats("src"),
        relay,
        healed,
    )


def case_c(lab):
    """The line of 6 with 20 % of all frames dropped by nftables: no id missing."""
    lines, agents, _, collector = _line_network(lab, lossy_percent=20)
    wait_for("a first reading of n1", lambda: collector.all("n1"), 120)
    time.sleep(60)
    took = _settle(collector, lines, "n1", 120)
    _check_values(collector, lines, "n1")
    dropped = sum(lab.dropped(agent.host) for agent in agents)
    check(dropped > 100, "only %d frames were dropped: the loss did not happen" % dropped)
    return "%d readings, none missing, %d repeats, %d frames dropped, last %.1f s after the end" % (
        len(collector.ids("n1")),
        collector.repeats("n1"),
        dropped,
        took,
    )


def case_d(lab):
    """A stock CoAP client reads /.well-known/core and a sensor, directly and through the proxy over 3 hops and more."""
    _, agents, _, collector = _line_network(lab)
    wait_for("a first reading of soil", lambda: collector.values("n1", "temp"), 60)
    first, last = agents[0], agents[-1]
    core = first.coap("/.well-known/core")
    check("</sensors/soil>" in core and "obs" in core, "/.well-known/core: %s" % core)
    direct = json.loads(first.coap("/sensors/soil"))
    check(any(r.get("n") == "temp" for r in direct), "directly: %r" % direct)
    three_hops = json.loads(agents[3].coap("/sensors/soil", proxy_to="n1"))
    check(any(r.get("n") == "temp" and r.get("u") == "Cel" for r in three_hops), "over 3 hops: %r" % three_hops)
    five_hops = json.loads(last.coap("/sensors/soil", proxy_to="n1"))
    check(any(r.get("n") == "temp" for r in five_hops), "over 5 hops: %r" % five_hops)
    asked = agents[3].ask("status", "n1")
    check(asked["name"] == "n1", "thicket status n1, asked at n4: %r" % asked.get("name"))
    nodes = last.ask("nodes")["nodes"]
    check({n["name"] for n in nodes} >= {"n%d" % i for i in range(1, 7)}, "nodes: %r" % nodes)
    return "directly, over 3 and over 5 hops; the gateway knows %d nodes" % len(nodes)


def case_e(lab):
    """mosquitto is stopped for 20 s: every reading of that time arrives afterwards."""
    lines, _, broker, collector = _line_network(lab)
    wait_for("a first reading of n1", lambda: collector.all("n1"), 60)
    time.sleep(5)
    broker.stop()
    stopped = time.time()
    time.sleep(20)
    broker.start()
    started = time.time()
    time.sleep(10)
    # The gateway tries again after up to 60 s (full jitter); what waited must follow soon after.
    _settle(collector, lines, "n1", 90)
    _check_values(collector, lines, "n1")
    meanwhile = [v for v, _, at, _ in collector.values("n1", "temp") if stopped < at < started]
    check(len(meanwhile) >= 18, "only %d readings were taken while the broker was down" % len(meanwhile))
    return "%d readings taken while it was down, none missing, %d repeats" % (len(meanwhile), collector.repeats("n1"))


def case_f(lab):
    """The pty vanishes and comes back: the driver reopens it, no CPU spin, status says so meanwhile."""
    line = feeds.Line(lab, lab.path("tty-soil"), feeds.text_line)
    network = Network(lab)
    host = lab.host("solo")
    Broker(lab, host)
    collector = Collector(lab, host)
    sensor = serial("soil", "text.keyvalue", line.path, options={"units": "temp:Cel,hum:%RH"})
    agent = network.node(host, "solo", [], [sensor], LOCAL_BROKER).start().ready()
    wait_for("a first reading", lambda: collector.all("solo"), 30)
    line.unplug()

    def state():
        return agent.ask("sensors")["sensors"][0]

    lost = wait_for("status says that the port is gone", lambda: state()["state"] != "ready" and state(), 10)
    check(lost["problem"], "no problem is named: %r" % lost)
    cpu, at = cpu_seconds(agent.process.pid), time.monotonic()
    time.sleep(8)
    share = (cpu_seconds(agent.process.pid) - cpu) / (time.monotonic() - at)
    check(share < 0.10, "%.0f %% of a core while the port is gone" % (100 * share))
    before = len(collector.all("solo"))
    line.plug()
    wait_for("readings again", lambda: len(collector.all("solo")) > before + 2, 45)
    check(state()["state"] == "ready", "status: %r" % state())
    check(not collector.missing("solo"), "missing: %s" % collector.missing("solo"))
    return "reopened; %.1f %% of a core meanwhile; it said: %s" % (100 * share, lost["problem"])
