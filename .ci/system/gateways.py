"""Two gateways, one broker: one dies with readings that the broker has and nobody settled; a node moves from one to the other."""

import signal
import time

from . import feeds
from .broker import Broker, Collector, Words
from .lab import Failed, check, run, wait_for
from .nodes import Network, serial

PORT = 1884
LOSSY_PERCENT = 20


def _wire(lab, broker, gateway, name, number):
    """An IPv4 cable between a gateway and the broker's host. Returns the broker's address on it."""
    lab.cable(broker, name, gateway, "wan")
    run("ip", "-n", broker, "addr", "add", "10.9.%d.1/24" % number, "dev", name)
    run("ip", "-n", gateway, "addr", "add", "10.9.%d.2/24" % number, "dev", "wan")
    return "10.9.%d.1" % number


def _deafen(host):
    """What the broker says does not arrive any more: publications go out, acknowledgements do not come back."""
    rules = "table inet deaf {\n chain input {\n type filter hook input priority 0;\n tcp sport %d counter drop\n}\n}\n" % PORT
    run("ip", "netns", "exec", host, "nft", rules)


def _connections(host):
    """TCP connections of a host, also those of processes that are gone (the kernel goes on sending what it was given)."""
    return run("ip", "netns", "exec", host, "ss", "-Htn").strip()


def _site(lab):
    """src with a sensor, between two gateways; each of these has a cable to the broker's host."""
    source, sink = lab.host("src"), lab.host("bk")
    hosts = {"gw1": lab.host("gw1"), "gw2": lab.host("gw2")}
    network = Network(lab)
    line = feeds.Line(lab, lab.path("tty-soil"), feeds.text_line, seconds=0.2)
    soil = serial("soil", "text.keyvalue", line.path, options={"units": "temp:Cel,hum:%RH"})
    agents = {"src": network.node(source, "src", list(hosts), [soil])}
    for number, (name, host) in enumerate(hosts.items(), 1):
        lab.cable(source, name, host, "mesh")
        address = _wire(lab, sink, host, name, number)
        agents[name] = network.node(host, name, ["mesh"], (), "mqtt://%s:%d" % (address, PORT))
    broker = Broker(lab, sink, extra="allow_anonymous true\nlistener %d\n" % PORT)
    return source, sink, hosts, agents, line, broker, Collector(lab, sink)


def _start(agents):
    for agent in agents.values():
        agent.start()
    for agent in agents.values():
        agent.ready()


def _in_use(collector):
    """The gateway that the readings of src come through, and the other one."""

    def settled():
        newest = [m["users"]["via"] for m in collector.all("src")[-15:]]
        return newest[0] if len(newest) == 15 and len(set(newest)) == 1 else None

    used = wait_for("one gateway for the readings of src", settled, 60)
    return used, "gw2" if used == "gw1" else "gw1"


def case_j(lab):
    """Two gateways, the one in use is cut from its PUBACKs and killed by kill -9: every reading comes once."""
    source, _, hosts, agents, line, _, collector = _site(lab)
    lab.lossy(source, LOSSY_PERCENT)  # settlements get lost, too
    _start(agents)
    used, other = _in_use(collector)

    _deafen(hosts[used])
    time.sleep(2)
    cut = time.time()
    lab.stop(agents[used].process, signal.SIGKILL)
    wait_for("readings by %s" % other, lambda: collector.all("src")[-1]["users"]["via"] == other, 40)
    run("ip", "netns", "exec", hosts[used], "nft", "delete table inet deaf")
    # What the killed process had written and the broker had not confirmed must not come now: the other has published it since.
    wait_for("the end of the killed gateway's connection", lambda: not _connections(hosts[used]), 40, 0.2)
    agents[used].start().ready()  # it is back, with nothing in its memory
    time.sleep(8)
    line.quiet()

    def all_there():
        newest = round(20 + line.number / 100, 2)
        arrived = {round(v, 2) for v, _, _, _ in collector.values("src", "temp")}
        return newest in arrived and not collector.missing("src")

    try:
        wait_for("the last reading of src and all before it", all_there, 40, 0.3)
    except Failed as failed:
        raise Failed("%s; missing: %s" % (failed, collector.missing("src")[:20])) from failed
    time.sleep(1)
    ids = collector.ids("src")
    twice = sorted(key for key, count in ids.items() if count > 1)
    check(not twice, "came twice: %s" % twice[:20])
    counters = agents[other].ask("status")["uplinkCounters"]
    unsettled = counters["readingsDuplicate"] + counters["readingsHeard"]
    # How many there were is a matter of moments (0 to some 15): told, not demanded.
    # At first contact with an empty broker what was taken before is marked; nothing is later.
    marked = [m["id"] for m in collector.all("src") if "dup" in m["users"] and m["at"] > cut - 2]
    check(not marked, "marked as possible duplicates: %s" % marked[:20])
    return "%d readings once each; %s killed, %d of its readings came to %s again" % (len(ids), used, unsettled, other)


def case_q(lab):
    """Two gateways, a node moves to the other one and back, the broker is away for 40 s: the node is online until it is silent, also if its gateway dies with it."""
    source, sink, _, agents, _, broker, collector = _site(lab)
    status = Words(lab, sink, "thicket/v1/+/n/src/status")
    info = Words(lab, sink, "thicket/v1/+/n/src/info")
    _start(agents)
    used, other = _in_use(collector)
    silence = 30  # of a sensor that says something every 0.2 s

    run("ip", "-n", source, "link", "set", used, "down")
    wait_for("readings by %s" % other, lambda: collector.all("src")[-1]["users"]["via"] == other, 40)
    time.sleep(silence + 10)
    check("offline" not in status.words, "the gateway that it left says: %s" % status.words)
    run("ip", "-n", source, "link", "set", used, "up")
    run("ip", "-n", source, "link", "set", other, "down")
    wait_for("readings by %s again" % used, lambda: collector.all("src")[-1]["users"]["via"] == used, 60)
    time.sleep(silence + 10)
    check("offline" not in status.words, "the gateway that it left then says: %s" % status.words)
    run("ip", "-n", source, "link", "set", other, "up")

    before = len(collector.all("src"))
    broker.stop()
    time.sleep(40)
    broker.start()
    # Gateways try again after up to 60 s (full jitter).
    wait_for("readings after the broker came back", lambda: len(collector.all("src")) > before + 150, 90)
    time.sleep(silence + 10)
    check("offline" not in status.words, "after the broker came back: %s" % status.words)
    said = [text for text in info.words if '"id"' in text]
    first = next(i for i, text in enumerate(said) if "soil" in text)
    check(all("soil" in text for text in said[first:]), "info lost its sensor: %s" % said)

    lab.stop(agents["src"].process, signal.SIGKILL)
    took = time.monotonic()
    wait_for("src is offline", lambda: status.words[-1] == "offline", silence + 20)
    took = time.monotonic() - took
    check(status.words.count("offline") == 1, "said: %s" % status.words)

    # Its gateway begins anew before the broker says that it is gone: it knows nothing of the node any more.
    begun = len(collector.all("src"))
    agents["src"].start()
    wait_for("readings after its death", lambda: len(collector.all("src")) > begun + 50, 60)
    check(status.words[-1] == "online", "said: %s" % status.words)
    its = collector.all("src")[-1]["users"]["via"]
    lab.stop(agents["src"].process, signal.SIGKILL)
    lab.stop(agents[its].process, signal.SIGKILL)
    agents[its].start()
    again = time.monotonic()
    wait_for("src is offline again", lambda: status.words[-1] == "offline", silence + 30)
    again = time.monotonic() - again
    return "%s and %s, and 40 s without a broker: online; offline %.0f s after its death, and %.0f s after that and its gateway's" % (
        other,
        used,
        took,
        again,
    )
