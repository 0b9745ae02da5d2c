"""Modbus devices of others on one line: slaves built on libmodbus and pymodbus behind ptys, joined as RS-485 joins them."""

import os
import random
import select
import subprocess
import threading
import time
import tty

from .broker import Broker, Collector
from .lab import ROOT, check, cpu_seconds, run, wait_for
from .nodes import Network

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3"  # Debian's own, which has Debian's pymodbus
LOCAL_BROKER = "tcp://127.0.0.1:1883"


class Rs485:
    """A pty for the master and one for each slave. What one writes, all others hear; the master hears it with the glitches
    of a line that floats between frames. `flips`: that share of the answers has one bit flipped."""

    def __init__(self, lab, path, slaves, echo=False, flips=0.0):
        self.path, self.echo, self.flips = path, echo, flips
        self.flipped = 0
        self._random = random.Random(485)
        self._fds, self._stop = [], threading.Event()
        self._master = self._pty(path)
        self._slaves = {self._pty(name): name for name in slaves}
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()
        lab.on_close(self.close)

    def _pty(self, path):
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        os.symlink(os.ttyname(slave), path)
        self._fds += [master, slave]
        return master

    def _carry(self):
        while not self._stop.is_set():
            ready, _, _ = select.select([self._master] + list(self._slaves), [], [], 0.2)
            for fd in ready:
                try:
                    data = os.read(fd, 512)
                except BlockingIOError:
                    continue
                if fd == self._master:
                    if self.echo:
                        self._write(self._master, data)
                    for slave in self._slaves:
                        self._write(slave, data)
                else:
                    if self._random.random() < self.flips:
                        at = self._random.randrange(len(data))
                        data = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
                        self.flipped += 1
                    self._write(self._master, b"\x00" + data + b"\x00")
                    # libmodbus waits to hear the answers of others; without them it takes the next request for one.
                    for other in self._slaves:
                        if other != fd:
                            self._write(other, data)

    @staticmethod
    def _write(fd, data):
        try:
            os.write(fd, data)
        except BlockingIOError:
            pass  # nobody reads

    def close(self):
        self._stop.set()
        self._thread.join()
        for fd in self._fds:
            os.close(fd)
        self._fds = []


def _needs(lab):
    """Builds the slave on libmodbus; its program."""
    check(os.path.exists("/usr/include/modbus/modbus.h"), "libmodbus-dev is not installed (see .ci/run)")
    found = subprocess.run([PYTHON, "-c", "import pymodbus, serial_asyncio"], stderr=subprocess.DEVNULL)
    check(found.returncode == 0, "python3-pymodbus is not installed (see .ci/run)")
    program = lab.path("modbus_slave")
    run("gcc", "-Wall", "-Werror", "-O1", "-o", program, os.path.join(HERE, "modbus_slave.c"), "-lmodbus")
    return program


def _config(line):
    with open(os.path.join(ROOT, "docs/examples/my-meter.toml"), encoding="utf-8") as file:
        example = file.read()
    units = [
        ("pump", "pzem.016", 3, {}),
        ("house", "eastron.sdm120", 2, {"values": "voltage,power,frequency,energy_import,energy_total"}),
        ("roof", "modbus", 7, {"values": "voltage,power,energy"}),
        ("gone", "senseair.s8", 9, {}),
    ]
    # The absent one has a dangerous command, which is allowed here.
    # A slave on libmodbus waits 500 ms for the answer of a unit that is absent, and ignores what comes meanwhile.
    text = '[[bus]]\nname = "meters"\nport = "%s"\nbaud = 9600\nformat = "8N1"\ntimeout = "700ms"\n\n' % line.path
    for name, driver, unit, options in units:
        text += '[[sensor]]\nname = "%s"\ndriver = "%s"\nbus = "meters"\nunit = %d\ninterval = "2s"\n' % (name, driver, unit)
        text += "".join('options = { %s = "%s" }\n' % item for item in options.items())
        text += 'map = "my-meter.toml"\n' if driver == "modbus" else ""
        text += 'allow_commands = ["abc_period"]\n' if name == "gone" else ""
        text += "\n"
    text += '[coap]\ncommands = ["local"]\n'
    return text, example


def _expect(collector, quantity, unit, wanted, slack=1e-9):
    found = collector.values("solo", quantity)
    check(found, "no %s arrived" % quantity)
    for value, its_unit, _, message in found:
        check(its_unit == unit and wanted(value, slack), "%s = %r %s: %r" % (quantity, value, its_unit, message["records"]))
    return len(found)


def _near(target):
    return lambda value, slack: abs(value - target) <= slack * abs(target)


def _told(say, confirmed):
    """What `say` answers, said again while it is not known whether the unit obeyed: of a line that damages one answer of seven that is true."""
    for repetitions in range(3):
        said = say()
        if not any(unknown in said for unknown in ("fell silent", "is not known")):
            break
    if repetitions:
        print("     (m) said again %d times, at last: %s" % (repetitions, said))
    check(confirmed in said, "not %s: %r" % (confirmed, said))


def _tell(agent):
    """A coil and registers of both libraries' slaves, by CoAP PUT and on the command line; how many were confirmed."""
    def put(command, value):
        return agent.coap("/sensors/roof/commands/" + command, method="put", payload=value, seconds=60, check=False, errors=True)

    _told(lambda: put("relay", "on"), '"confirmed":{"value":true')
    said = put("limit", "1.5 kW")
    check("confirmed" not in said, "a unit that is not the command's: %r" % said)
    _told(lambda: put("limit", "1500"), '"confirmed":{"value":1500,')
    _told(lambda: " ".join(map(str, agent.tell("set", "pump/alarm_threshold", "2300"))), "0 pump/alarm_threshold = 2300 W, confirmed")
    code, out, said = agent.tell("set", "pump/alarm_threshold", "99999")
    check(code == 1 and "4.00 99999 is not 0 to 23000 W" in said, "out of range: exit %d: %s" % (code, said))
    code, out, said = agent.tell("set", "gone/abc_period", "0")
    check(code == 1 and ("5.04" in said or "5.03" in said), "an absent unit: exit %d: %s" % (code, said))
    return 3


def case_m(lab):
    """Modbus: slaves of libmodbus and pymodbus on one line with glitches, an echo, flipped bits, exceptions, an absent unit, one killed."""
    program = _needs(lab)
    names = [lab.path(n) for n in ("rtu-pump", "rtu-house", "rtu-roof")]
    line = Rs485(lab, lab.path("tty-bus"), names, echo=True, flips=0.15)
    pump = [program, names[0], "3", "pzem"]
    slaves = {
        "pump": lab.spawn(None, "slave-pump", pump),
        "house": lab.spawn(None, "slave-house", [program, names[1], "2", "sdm"]),
        "roof": lab.spawn(None, "slave-roof", [PYTHON, os.path.join(HERE, "modbus_slave.py"), names[2], "7"]),
    }
    network = Network(lab)
    host = lab.host("solo")
    Broker(lab, host)
    collector = Collector(lab, host)
    text, example = _config(line)
    with open(lab.path("my-meter.toml"), "w", encoding="utf-8") as file:
        file.write(example)
    agent = network.node(host, "solo", [], [], LOCAL_BROKER, text).start().ready()

    def sensors():
        return {s["name"]: s for s in agent.ask("status")["sensors"]}

    started = time.monotonic()
    wait_for("readings of all three", lambda: all(collector.values("solo", q) for q in ("alarm", "energy_import")), 30)
    wait_for("the absent unit is silent", lambda: sensors()["gone"]["state"] == "silent", 20)
    cpu, at = cpu_seconds(agent.process.pid), time.monotonic()
    time.sleep(30)
    share = (cpu_seconds(agent.process.pid) - cpu) / (time.monotonic() - at)
    seconds = time.monotonic() - started
    state = sensors()
    check("unit 9 does not answer" in state["gone"]["problem"], "of the absent unit: %r" % state["gone"])
    check(state["gone"]["unit"]["answers"] == 0, "the absent unit: %r" % state["gone"])
    for name in ("pump", "house", "roof"):
        check(state[name]["state"] == "ready", "%s: %r" % (name, state[name]))
    # The meter on libmodbus ends before this register; what it refuses is named and the rest is read.
    check("unit 2 does not have energy_total" in state["house"]["problem"], "of house: %r" % state["house"])
    check(not collector.values("solo", "energy_total"), "a register that does not exist has a value")
    rounds = _expect(collector, "alarm", None, lambda v, s: v is None)
    check(rounds >= seconds / 2 - 4, "%d readings of the pump in %.0f s at one each 2 s" % (rounds, seconds))
    _expect(collector, "current", "A", _near(0.108))
    _expect(collector, "frequency", "Hz", lambda v, s: v in (50.0, 49.98))
    _expect(collector, "voltage", "V", lambda v, s: any(abs(v - w) < 1e-3 for w in (225.7, 230.2, 233.41)))
    energies = {round(v) for v, unit, _, _ in collector.values("solo", "energy") if unit == "J"}
    check(energies == {70000 * 3600}, "energy of the pump and the roof's meter: %s" % energies)
    powers = {v for v, _, _, _ in collector.values("solo", "power")}
    check(123.4 in powers, "the roof's power, low word first: %s" % sorted(powers)[:10])
    check(all(10000 <= v < 10100 or v == 123.4 or -1000 < v <= 0 for v in powers), "a power that nobody sent: %s" % sorted(powers))
    garbled = sum(state[n]["unit"]["garbled"] for n in ("pump", "house", "roof"))
    check(line.flipped and garbled, "%d answers with a flipped bit, %d damaged ones seen" % (line.flipped, garbled))

    lab.stop(slaves["pump"], seconds=5)
    wait_for("the killed slave is silent", lambda: sensors()["pump"]["state"] == "silent", 30)
    flips, line.flips = line.flips, 0.0  # what is asked for now is the price of the dead, not that of damage
    before = len(collector.values("solo", "energy_import"))
    time.sleep(10)
    line.flips = flips
    alive = len(collector.values("solo", "energy_import")) - before
    check(alive >= 4, "%d readings of another meter in 10 s beside two dead ones" % alive)
    lab.spawn(None, "slave-pump-again", pump)
    wait_for("the slave is found again", lambda: sensors()["pump"]["state"] == "ready", 70)
    told = _tell(agent)
    check(not collector.missing("solo"), "missing: %s" % collector.missing("solo"))
    return "%d readings of one in %.0f s, %d of %d flipped answers seen as damaged, none wrong; %d commands confirmed; %.1f %% of a core" % (
        rounds,
        seconds,
        garbled,
        line.flipped,
        told,
        100 * share,
    )
