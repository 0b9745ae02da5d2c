"""Commands: a CO2 sensor behind a pty is told something over the mesh; who may not, may not."""

import os
import select
import threading
import time
import tty

from .broker import Broker
from .lab import check, wait_for
from .nodes import Network, serial


LOCAL_BROKER = "tcp://127.0.0.1:1883"


class Mhz19:
    """A Winsen MH-Z19B behind a pty: it answers when it is read, and to ABC on and off; it never answers a zero calibration."""

    def __init__(self, lab, path):
        self.commands = []
        self._stop = threading.Event()
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        os.symlink(os.ttyname(self._slave), path)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        lab.on_close(self.close)

    @staticmethod
    def _frame(*body):
        data = bytes(body) + bytes(7 - len(body))
        return b"\xff" + data + bytes([-sum(data) & 0xFF])

    def _work(self):
        had = b""
        while not self._stop.is_set():
            if not select.select([self._master], [], [], 0.2)[0]:
                continue
            try:
                had += os.read(self._master, 64)
            except BlockingIOError:
                continue
            while len(had) >= 9:
                request, had = had[:9], had[9:]
                check(sum(request[1:]) & 0xFF == 0, "a request with a wrong check value: %s" % request.hex())
                if request[2] == 0x86:
                    os.write(self._master, self._frame(0x86, 0x02, 0x7C, 66))
                else:
                    self.commands.append(request.hex())
                if request[2] == 0x79:
                    os.write(self._master, self._frame(0x79, 0x01))

    def close(self):
        self._stop.set()
        self._thread.join()
        os.close(self._master)
        os.close(self._slave)


def case_k(lab):
    """Commands: a sensor two hops away is told something by CLI and by libcoap, confirmed; closed by default, dangerous ones by name."""
    device = Mhz19(lab, lab.path("tty-co2"))
    network = Network(lab)
    hosts = [lab.host(name) for name in ("desk", "relay", "room")]
    lab.cable(hosts[0], "right", hosts[1], "left")
    lab.cable(hosts[1], "right", hosts[2], "left")
    sensor = serial("co2", "winsen.mhz19b", lab.path("tty-co2"), settle="0s", allow_commands=["abc_off", "zero"])
    desk = network.node(hosts[0], "desk", ["right"], extra='[coap]\ncommands = ["local"]\n').start()
    Broker(lab, hosts[1])  # a node hears of names that are far away from its gateway
    relay = network.node(hosts[1], "relay", ["left", "right"], gateway=LOCAL_BROKER).start()
    room = network.node(hosts[2], "room", ["left"], [sensor], extra='[coap]\ncommands = ["mesh"]\n').start()
    for agent in (desk, relay, room):
        agent.ready()
    wait_for("a first reading", lambda: room.ask("sensors")["sensors"][0]["latestAgoMs"] >= 0, 30)
    wait_for("the commands of room", lambda: desk.tell("commands", "room/co2")[0] == 0, 60)

    # Nobody may at the relay, nor at the room's own local address; nothing is sent.
    for agent, target in ((relay, "room/co2/abc_off"), (room, "co2/abc_off")):
        code, _, said = agent.tell("do", target)
        check(code == 77 and "4.03" in said and "commands = [" in said, "%s: exit %d: %s" % (target, code, said))
    code, _, said = desk.tell("do", "room/co2/abc_on")
    check(code == 77 and 'allow_commands = ["abc_on"]' in said, "a dangerous one: exit %d: %s" % (code, said))
    check(not device.commands, "sent in spite of it: %s" % device.commands)

    code, out, said = desk.tell("do", "room/co2/abc_off")
    check(code == 0 and "confirmed" in out, "abc_off: exit %d: %s%s" % (code, out, said))
    check(device.commands == ["ff01790000000000" + "86"], "the device heard %s" % device.commands)
    began = time.monotonic()
    code, _, said = desk.tell("do", "room/co2/zero")
    took = time.monotonic() - began
    check(code == 1 and "5.04" in said and "no answer came" in said, "zero: exit %d: %s" % (code, said))
    check(device.commands[1:] == ["ff01870000000000" + "78"], "an action is sent once: %s" % device.commands)
    said = desk.coap("/sensors/co2/commands/abc_off", proxy_to="room", method="post")
    check('"end":"confirmed"' in said, "libcoap: %r" % said)
    check(len(device.commands) == 3, "the device heard %s" % device.commands)
    links = room.coap("/.well-known/core")
    check('</sensors/co2/commands/abc_off>;ct=50;if="core.a";rt="thicket.command"' in links, "links: %s" % links)
    before = room.ask("status")["sensors"][0]["goodFrames"]
    wait_for("readings go on", lambda: room.ask("status")["sensors"][0]["goodFrames"] > before, 20)
    return "confirmed over two hops; 4.03 where it is closed, with what to write; no answer is 5.04 after %.1f s, sent once" % took
