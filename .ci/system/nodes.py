"""Agents: their configuration files, starting them, asking them."""

import json
import os
import subprocess

from .lab import THICKET, Failed, run, wait_for

COAP_PORT = 5683


def _toml(value):
    """A TOML value: a table of texts, or what JSON and TOML write alike."""
    if isinstance(value, dict):
        return "{ " + ", ".join("%s = %s" % (k, json.dumps(v)) for k, v in value.items()) + " }"
    return json.dumps(value)


class Network:
    """One mesh network: a key file that all its nodes share."""

    def __init__(self, lab, site="farm"):
        self.lab, self.site = lab, site
        self.key = lab.path("network.toml")
        run(THICKET, "network", "new", self.key)

    def node(self, host, name, interfaces, sensors=(), gateway=None, extra=""):
        return Agent(self, host, name, interfaces, sensors, gateway, extra)


class Agent:
    """One agent process."""

    def __init__(self, network, host, name, interfaces, sensors=(), gateway=None, extra=""):
        self.lab, self.host, self.name = network.lab, host, name
        self.gateway = gateway is not None
        self.process = None
        self.config = self.lab.path(name + ".toml")
        text = '[node]\nname = "%s"\ndata_dir = "%s"\nclock = "trusted"\n\n' % (name, self.lab.path("data-" + name))
        text += '[network]\nkey_file = "%s"\nsite = "%s"\n\n' % (network.key, network.site)
        for interface in interfaces:
            text += '[[link]]\ntype = "udp"\ninterface = "%s"\n\n' % interface
        for sensor in sensors:
            text += "[[sensor]]\n" + "".join("%s = %s\n" % (k, _toml(v)) for k, v in sensor.items()) + "\n"
        if gateway:
            text += '[gateway]\nbroker = "%s"\n\n' % gateway
        with open(self.config, "w", encoding="ascii") as file:
            file.write(text + extra)

    def start(self):
        word = "gateway" if self.gateway else "agent"
        self.process = self.lab.spawn(self.host, self.name, [THICKET, word, "--config", self.config])
        return self

    def stop(self):
        return self.lab.stop(self.process)

    def ask(self, *words, timeout=20):
        """`thicket WORDS --json` asking this agent on its loopback; the JSON it prints."""
        command = ["ip", "netns", "exec", self.host, THICKET] + list(words) + ["--json"]
        result = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=timeout, stdin=subprocess.DEVNULL
        )
        if result.returncode != 0:
            raise Failed("%s on %s: exit %d: %s" % (" ".join(words), self.name, result.returncode, result.stderr.strip()))
        return json.loads(result.stdout)

    def tell(self, *words, timeout=90):
        """`thicket WORDS` asking this agent on its loopback; exit code, output, errors."""
        command = ["ip", "netns", "exec", self.host, THICKET] + list(words)
        result = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=timeout, stdin=subprocess.DEVNULL
        )
        return result.returncode, result.stdout.strip(), result.stderr.strip()

    def ready(self, seconds=30):
        """Waits until the agent answers."""

        def answers():
            if self.process.poll() is not None:
                raise Failed("%s ended with exit %d" % (self.name, self.process.returncode))
            return self.coap("/status", seconds=1, check=False)

        wait_for("%s answers CoAP" % self.name, answers, seconds, 0.3)
        return self

    def coap(self, path, proxy_to=None, seconds=10, check=True, accept=None, method="get", payload=None, errors=False):
        """A stock libcoap client asks; proxy_to makes the agent forward it to that node. With errors also what it says of an answer that is one."""
        command = ["ip", "netns", "exec", self.host, "coap-client-notls", "-m", method, "-B", str(seconds)]
        if payload is not None:
            command += ["-e", payload]
        if accept is not None:
            command += ["-A", str(accept)]
        local = "coap://127.0.0.1:%d" % COAP_PORT
        if proxy_to:
            command += ["-P", local, "coap://%s%s" % (proxy_to, path)]
        else:
            command += [local + path]
        result = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
        )
        if check and (result.returncode != 0 or not result.stdout.strip()):
            raise Failed("%s: exit %d, %r, %r" % (" ".join(command[4:]), result.returncode, result.stdout, result.stderr))
        return (result.stdout + result.stderr if errors else result.stdout).strip()


def serial(name, driver, path, **options):
    """A [[sensor]] on a serial line."""
    sensor = {"name": name, "driver": driver, "port": path}
    sensor.update(options)
    return sensor


def line_of(lab, network, count, sensors, broker_url, extra=""):
    """n1 - n2 - ... - nCOUNT, each hearing only its neighbours; n1 has the sensors, the last is the gateway."""
    hosts = [lab.host("n%d" % (i + 1)) for i in range(count)]
    for i in range(count - 1):
        lab.cable(hosts[i], "right", hosts[i + 1], "left")
    agents = []
    for i in range(count):
        interfaces = (["left"] if i > 0 else []) + (["right"] if i < count - 1 else [])
        agents.append(
            network.node(
                hosts[i],
                "n%d" % (i + 1),
                interfaces,
                sensors if i == 0 else (),
                broker_url if i == count - 1 else None,
                extra,
            )
        )
    return agents


def data_dir(lab, name):
    return os.path.join(lab.dir, "data-" + name)
