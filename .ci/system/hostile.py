"""Cases that mean harm: bad input for the daemons, a flood from one who has the network's key, an installation elsewhere."""

import itertools
import json
import os
import pty
import shutil
import subprocess
import time

from .broker import Broker, Collector
from .lab import MESH_PORT, ROOT, Failed, check, resident_bytes, run, wait_for
from .nodes import Network

LOCAL_BROKER = "tcp://127.0.0.1:1883"
COAP_PORT = 5683
NOBODY = 65534
PORTS = itertools.count(15690)
VIRTUAL = {"name": "climate", "driver": "virtual.sensor", "interval": "1s"}
STACK_TRACE = ("Exception", "\tat ", "Caused by", "this is a bug", "loop dies", "OutOfMemory")


def _no_stack_trace(lab, process):
    text = lab.log(process)
    bad = [line for line in text.splitlines() if any(word in line for word in STACK_TRACE)]
    check(not bad, "%s logged %d bad lines, for example: %s" % (process.label, len(bad), bad[:3]))
    return text


def _complaints(text):
    """What is said beyond the life cycle."""
    return [line for line in text.splitlines() if line.strip() and " INFO " not in line and not line.startswith("  ")]


# --- g: bad input ------------------------------------------------------------------------------------------------------


def _install(lab):
    """The installed layout in the case's folder: readable for all users, and no build can come in between."""
    os.chmod(lab.dir, 0o755)
    root = lab.path("root")
    run(os.path.join(ROOT, "pi-images", "install.sh"), env=dict(os.environ, DESTDIR=root))
    return os.path.join(root, "opt", "thicket", "thicket")


def _as_nobody():
    return ["setpriv", "--reuid=%d" % NOBODY, "--regid=%d" % NOBODY, "--clear-groups"]


def _config(lab, name, body="", data_dir=None, key=None, own=True):
    """A configuration file and a key of its own, both for the user nobody; without a link."""
    key = key or lab.path(name + "-network.toml")
    if not os.path.exists(key):
        shutil.copy(lab.path("network.toml"), key)
        os.chmod(key, 0o600)
        if own:
            os.chown(key, NOBODY, NOBODY)
    path = lab.path(name + ".toml")
    with open(path, "w", encoding="ascii") as file:
        file.write('[node]\nname = "%s"\ndata_dir = "%s"\nclock = "trusted"\n\n' % (name, data_dir or _home(lab, name)))
        file.write('[network]\nkey_file = "%s"\n\n' % key)
        file.write('[[link]]\ntype = "peers"\nlisten = "127.0.0.1:%d"\naccept_unknown = true\n\n' % next(PORTS))
        file.write(body)
    return path


def _home(lab, name):
    home = lab.path("home-" + name)
    os.makedirs(home, exist_ok=True)
    os.chown(home, NOBODY, NOBODY)
    return os.path.join(home, "data")


def _ends(lab, host, thicket, name, config, code, words, word="agent", prefix=()):
    """The daemon ends with that code and one sentence that has all the words."""
    process = lab.spawn(host, name, list(prefix) + [thicket, word, "--config", config])
    try:
        ended = process.wait(30)
    except subprocess.TimeoutExpired:
        raise Failed("%s is still there after 30 s: %s" % (name, lab.log(process)[-500:]))
    text = _no_stack_trace(lab, process)
    check(ended == code, "%s: exit %d, not %d: %s" % (name, ended, code, text))
    said = _complaints(text)
    check(len(said) == 1, "%s said %d sentences, not one: %s" % (name, len(said), said))
    check(all(w in text for w in words), "%s said %r, without %r" % (name, text.strip(), words))


def _stays(lab, host, thicket, name, config, words, word="agent", prefix=(), seconds=12, asked="sensors"):
    """The daemon stays up, answers, and says in one sentence, once, what is wrong. Returns what it answers."""
    process = lab.spawn(host, name, list(prefix) + [thicket, word, "--config", config])

    def said():
        check(process.poll() is None, "%s ended with %s: %s" % (name, process.returncode, lab.log(process)))
        return [line for line in _complaints(lab.log(process)) if all(w in line for w in words)]

    wait_for("%s says %r" % (name, words), said, 30)
    time.sleep(seconds)
    check(len(said()) == 1, "%s says it %d times: %s" % (name, len(said()), said()))
    check(len(_complaints(lab.log(process))) == 1, "%s says more: %s" % (name, _complaints(lab.log(process))))
    answer = run("ip", "netns", "exec", host, thicket, asked, "--json")
    _no_stack_trace(lab, process)
    code = lab.stop(process)
    check(code == 0, "%s ended with %d on SIGTERM" % (name, code))
    return json.loads(answer)


def case_g(lab):
    """Bad input of the daemons: one clear sentence each; they stay up where they can, else end with the named code."""
    thicket = _install(lab)
    host = lab.host("bad")
    run(thicket, "network", "new", lab.path("network.toml"))

    broken = _config(lab, "broken", '[coap]\nlisten_on = ["127.0.0.1:5683"]\n')
    _ends(lab, host, thicket, "broken", broken, 78, ["broken.toml:15:", "listen_on"], prefix=_as_nobody())

    no_write = lab.path("no-write")
    os.makedirs(no_write, mode=0o755)
    config = _config(lab, "unwritable", data_dir=os.path.join(no_write, "data"))
    _ends(lab, host, thicket, "unwritable", config, 73, [no_write], prefix=_as_nobody())

    full = lab.path("full")
    os.makedirs(full)
    run("mount", "-t", "tmpfs", "-o", "size=4k,mode=777", "tmpfs", full)
    lab.on_close(lambda: subprocess.run(["umount", full], stderr=subprocess.DEVNULL))
    with open(os.path.join(full, "ballast"), "wb") as file:
        file.write(b"x" * 4096)
    config = _config(lab, "full", data_dir=os.path.join(full, "data"))
    _ends(lab, host, thicket, "full", config, 73, [full, "space"], prefix=_as_nobody())

    open_key = lab.path("open-network.toml")
    shutil.copy(lab.path("network.toml"), open_key)
    os.chown(open_key, NOBODY, NOBODY)
    os.chmod(open_key, 0o644)
    config = _config(lab, "openkey", key=open_key)
    _ends(lab, host, thicket, "openkey", config, 77, [open_key, "chmod 600"], prefix=_as_nobody())

    first = lab.spawn(host, "first", _as_nobody() + [thicket, "agent", "--config", _config(lab, "first")])
    wait_for("the first agent answers", lambda: "node started" in lab.log(first), 30)
    config = _config(lab, "second")
    _ends(lab, host, thicket, "second", config, 69, [str(COAP_PORT)], prefix=_as_nobody())
    lab.stop(first)

    missing = '[[sensor]]\nname = "soil"\ndriver = "text.keyvalue"\nport = "/dev/ttyUSB77"\n'
    config = _config(lab, "missing", missing)
    told = _stays(lab, host, thicket, "missing", config, ["/dev/ttyUSB77"], prefix=_as_nobody())["sensors"][0]
    check(told["state"] != "ready" and told["problem"], "status says %r" % told)

    master, slave = pty.openpty()
    os.chmod(os.ttyname(slave), 0o600)
    forbidden = '[[sensor]]\nname = "soil"\ndriver = "text.keyvalue"\nport = "%s"\n' % os.ttyname(slave)
    config = _config(lab, "forbidden", forbidden)
    told = _stays(lab, host, thicket, "forbidden", config, [os.ttyname(slave)], prefix=_as_nobody())["sensors"][0]
    check(told["state"] != "ready" and told["problem"], "status says %r" % told)
    os.close(master)
    os.close(slave)

    passwords = lab.path("passwords")
    run("mosquitto_passwd", "-b", "-c", passwords, "thicket", "right")
    Broker(lab, host, extra="allow_anonymous false\npassword_file %s\n" % passwords)
    secret = lab.path("secret")
    with open(secret, "w", encoding="ascii") as file:
        file.write("wrong\n")
    os.chmod(secret, 0o600)
    os.chown(secret, NOBODY, NOBODY)
    login = '[gateway]\nbroker = "%s"\nusername = "thicket"\npassword_file = "%s"\n' % (LOCAL_BROKER, secret)
    config = _config(lab, "login", login)
    _stays(lab, host, thicket, "login", config, ["thicket"], "gateway", _as_nobody(), 12, "status")
    return "8 faults, one sentence each; 3 of them outlived"


# --- h: a flood ----------------------------------------------------------------------------------------------------------


def _link_local(host, interface):
    def find():
        for entry in json.loads(run("ip", "-n", host, "-j", "-6", "addr", "show", "dev", interface)):
            for address in entry.get("addr_info", []):
                if address.get("scope") == "link" and not address.get("tentative"):
                    return address["local"]
        return None

    return wait_for("a link-local address on %s" % interface, find, 10)


def case_h(lab):
    """10^6 datagrams by one with the key at the mesh and CoAP ports: no exception, under 5 MB more, readings flow."""
    network = Network(lab)
    sensor, sink, flooder = lab.host("sens"), lab.host("sink"), lab.host("flood")
    lab.cable(sensor, "mesh0", sink, "mesh0")
    lab.cable(sensor, "bad", flooder, "eth")
    run("ip", "-n", sensor, "addr", "add", "10.99.0.1/24", "dev", "bad")
    run("ip", "-n", flooder, "addr", "add", "10.99.0.2/24", "dev", "eth")
    coap = '[coap]\nlisten = ["127.0.0.1:%d", "10.99.0.1:%d"]\n' % (COAP_PORT, COAP_PORT)
    agents = [
        network.node(sensor, "sens", ["mesh0", "bad"], [VIRTUAL], extra=coap),
        network.node(sink, "sink", ["mesh0"], (), LOCAL_BROKER),
    ]
    Broker(lab, sink)
    collector = Collector(lab, sink)
    for agent in agents:
        agent.start()
    for agent in agents:
        agent.ready()
    wait_for("a first reading", lambda: collector.all("sens"), 60)
    mesh = "[%s%%eth]:%d" % (_link_local(sensor, "bad"), MESH_PORT)
    jars = os.path.join(ROOT, "simulator", "target", "dist", "lib", "*")
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"

    def flood(name, count, seed):
        command = [java, "-Xmx128m", "-cp", jars, "io.thicket.sim.tool.FloodMain", "--key", network.key]
        command += ["--mesh", mesh, "--coap", "10.99.0.1:%d" % COAP_PORT]
        command += ["--count", str(count), "--rate", "20000", "--seed", str(seed)]
        process = lab.spawn(flooder, name, command)
        code = process.wait(300)
        check(code == 0, "the flood ended with %d: %s" % (code, lab.log(process)))
        return json.loads(lab.log(process).splitlines()[-1])

    def resident():
        time.sleep(10)
        return [resident_bytes(agent.process.pid) for agent in agents]

    def counters():
        return agents[0].ask("status")["counters"]

    # 15 s: what a busy machine compiles late is not what the flood left.
    flood("warm-up", 300000, 1)
    counted = counters()
    before = resident()
    arrived = len(collector.all("sens"))
    counts = flood("flood", 1000000, 2)
    meanwhile = len(collector.all("sens")) - arrived
    for agent in agents:
        check(agent.process.poll() is None, "%s ended with %s" % (agent.name, agent.process.returncode))
        _no_stack_trace(lab, agent.process)
    check(meanwhile > counts["ms"] / 1000 / 2, "%d readings arrived in %d ms of flood" % (meanwhile, counts["ms"]))
    after = resident()
    try:
        wait_for("no id missing", lambda: not collector.missing("sens"), 60, 0.5)
    except Failed as failed:
        raise Failed("%s; missing: %s" % (failed, collector.missing("sens")[:20])) from failed
    flowing = len(collector.all("sens"))
    wait_for("readings afterwards", lambda: len(collector.all("sens")) > flowing + 3, 30)
    more = {name: value - counted.get(name, 0) for name, value in counters().items()}
    # It was really opened and judged: malformed under the right seal, replayed, well-formed and refused.
    for name, least in (("droppedMalformed", 1000), ("droppedReplay", 1000), ("hopRefusalsSent", 1000)):
        check(more.get(name, 0) >= least, "%s went up by %s only: %r" % (name, more.get(name), more))
    log_bytes = sum(len(lab.log(agent.process)) for agent in agents)
    check(log_bytes < 100000, "%d bytes of log" % log_bytes)
    growth = [(b - a) / 1048576 for a, b in zip(before, after)]
    for agent, more in zip(agents, growth):
        check(more < 5, "%s grew by %.1f MB" % (agent.name, more))
    check(json.loads(agents[0].coap("/status", seconds=10)), "no status")
    return "%d datagrams in %.0f s, %d readings meanwhile, none missing, %d repeats; grown by %s MB" % (
        counts["sent"],
        counts["ms"] / 1000,
        meanwhile,
        collector.repeats("sens"),
        " and ".join("%.1f" % more for more in growth),
    )


# --- i: installed elsewhere ----------------------------------------------------------------------------------------------


def case_i(lab):
    """pi-images/install.sh with DESTDIR: the program runs without the source tree, the units are valid."""
    thicket = _install(lab)
    root = lab.path("root")
    tree = os.path.join(lab.dir, "elsewhere")
    shutil.copytree(os.path.join(root, "opt", "thicket"), tree)
    bare = {"PATH": os.environ["PATH"], "HOME": lab.dir}
    if os.environ.get("JAVA_HOME"):
        bare["JAVA_HOME"] = os.environ["JAVA_HOME"]
    for program in (thicket, os.path.join(tree, "thicket")):
        text = run(program, "--version", env=bare, cwd="/")
        check("thicket" in text.lower() or text[:1].isdigit(), "--version says %r" % text)
        listed = run(program, "driver", "list", env=bare, cwd="/")
        check("nmea0183" in listed, "driver list says %r" % listed)
    link = os.path.join(root, "usr", "bin", "thicket")
    check(os.readlink(link) == "/opt/thicket/thicket", "usr/bin/thicket is wrong")
    units = 0
    for name in ("thicket-agent.service", "thicket-gateway.service"):
        with open(os.path.join(root, "etc", "systemd", "system", name), encoding="utf-8") as file:
            unit = file.read()
        # verify wants the program to be there: here it is below the scratch directory.
        copy = lab.path(name)
        with open(copy, "w", encoding="utf-8") as file:
            file.write(unit.replace("/opt/thicket/thicket", thicket))
        if shutil.which("systemd-analyze"):
            said = run("systemd-analyze", "verify", "--man=no", copy)
            ours = [line for line in said.splitlines() if "thicket" in line]
            check(not ours, "systemd-analyze: %s" % ours)
            units += 1
    return "runs from two places; %d units verified%s" % (units, "" if units else " (no systemd-analyze here)")
