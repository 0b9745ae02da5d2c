"""A real mosquitto in a namespace, and a subscriber that writes down all it sees."""

import json
import os
import re
import subprocess
import threading
import time

from .lab import Failed, wait_for


class Broker:
    """mosquitto inside a host; can be stopped and started again."""

    def __init__(self, lab, host, port=1883, extra=""):
        self.lab, self.host, self.port = lab, host, port
        self.config = lab.path("mosquitto.conf")
        with open(self.config, "w", encoding="ascii") as file:
            file.write("listener %d 127.0.0.1\npersistence true\npersistence_location %s/\nuser root\n" % (port, lab.dir))
            file.write(extra or "allow_anonymous true\n")
        self.process = None
        self.start()

    def start(self):
        self.process = self.lab.spawn(self.host, "mosquitto", ["mosquitto", "-c", self.config, "-v"])
        wait_for("mosquitto listens", self._listens, 10)

    def stop(self):
        self.lab.stop(self.process)

    def _listens(self):
        probe = subprocess.run(
            ["ip", "netns", "exec", self.host, "mosquitto_pub", "-p", str(self.port), "-t", "probe", "-n"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        if self.process.poll() is not None:
            raise Failed("mosquitto ended: " + self.lab.log(self.process))
        return probe.returncode == 0 or "not authori" in self.lab.log(self.process)


class Collector:
    """`mosquitto_sub -V 5 -F %j` on all data topics; survives the broker's absence by starting anew."""

    ID = re.compile(r"^([a-z0-9_-]+)/(\d+)/(\d+)$")

    def __init__(self, lab, host, port=1883):
        self.lab, self.host, self.port = lab, host, port
        self.messages = []
        self._taken = set()
        self._again = set()
        self._lock = threading.Lock()
        self._process = None
        self._ending = False
        self._thread = threading.Thread(target=self._collect, daemon=True)
        self._thread.start()
        lab.on_close(self.close)
        wait_for("the collector has subscribed", self._subscribed, 10)

    def _subscribed(self):
        with open(self.lab.path("mosquitto.log"), encoding="utf-8", errors="replace") as log:
            return "Sending SUBACK to collector" in log.read()

    def close(self):
        self._ending = True
        if self._process:
            self._process.kill()

    def _collect(self):
        command = ["ip", "netns", "exec", self.host, "mosquitto_sub", "-V", "5", "-p", str(self.port), "-q", "1"]
        # A lasting session: what is published between two connections of this subscriber is kept for it.
        command += ["-i", "collector", "-c", "-x", "3600", "-t", "thicket/v1/+/n/+/data", "-F", "%j"]
        while not self._ending:
            self._again = set(self._taken)
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            for line in self._process.stdout:
                self._take(line)
            self._process.wait()
            time.sleep(0.2)

    def _take(self, line):
        try:
            message = json.loads(line)
        except ValueError:
            return
        properties = message.get("properties", {})
        users = properties.get("user-properties", {})
        payload = message.get("payload")
        records = payload if isinstance(payload, list) else json.loads(payload)
        # A broker that ended before our acknowledgement sends the message again under the same packet identifier, before all others of
        # the next connection: not published twice.
        key = (message["mid"], message["topic"], users.get("id"))
        with self._lock:
            if key in self._again:
                return
            self._again.clear()
            self._taken.add(key)
            self.messages.append(
                {
                    "at": time.time(),
                    "topic": message["topic"],
                    "node": message["topic"].split("/")[4],
                    "id": users.get("id"),
                    "users": users,
                    "type": properties.get("content-type"),
                    "records": records,
                }
            )

    def all(self, node=None):
        with self._lock:
            return [m for m in self.messages if node is None or m["node"] == node]

    def values(self, node, quantity):
        """(value, unit, time, message) of each record of that quantity, in order of arrival."""
        found = []
        for message in self.all(node):
            base = 0.0
            for record in message["records"]:
                base = record.get("bt", base)
                if record.get("n") == quantity:
                    found.append((record.get("v"), record.get("u"), base + record.get("t", 0), message))
        return found

    def ids(self, node):
        """{(epoch, seq): how often it came}."""
        counts = {}
        for message in self.all(node):
            match = self.ID.match(message["id"] or "")
            if not match or match.group(1) != node:
                raise Failed("a data message of %s has the id %r" % (node, message["id"]))
            key = (int(match.group(2)), int(match.group(3)))
            counts[key] = counts.get(key, 0) + 1
        return counts

    def missing(self, node):
        """Ids that must exist, since a later one of the same epoch came, but did not come."""
        ids, first = self.ids(node), self._first(node)
        missing = []
        for epoch in {e for e, _ in ids}:
            if epoch not in first:
                raise Failed("%s did not say from which number on it numbers the readings of its boot %d" % (node, epoch))
            last = max(s for e, s in ids if e == epoch)
            missing += ["%s/%d/%d" % (node, epoch, s) for s in range(first[epoch], last + 1) if (epoch, s) not in ids]
        return missing

    def _first(self, node):
        """{epoch: number of its first reading}, by the node's log. In an epoch that it took later, numbers go on."""
        ids = self.ids(node)
        if not os.path.exists(self.lab.path(node + ".log")):  # A simulated node: what is missing before its first one that came, its run tells.
            return {epoch: min(s for e, s in ids if e == epoch) for epoch, _ in ids}
        with open(self.lab.path(node + ".log"), encoding="utf-8", errors="replace") as log:
            text = log.read()
        first = {int(e): int(s) for e, s in re.findall(r"node started name=.* epoch=(\d+) firstSeq=(\d+)", text)}
        for epoch in map(int, re.findall(r"epoch repaired: .* epoch=(\d+)", text)):
            first.setdefault(epoch, min([s for e, s in ids if e == epoch], default=1))
        return first

    def repeats(self, node):
        return sum(n - 1 for n in self.ids(node).values())

    def silent_repeats(self, node):
        """Ids that came again and were not marked as possible repetitions. A broker that stops may pass on what it does not acknowledge any more."""
        seen, silent = set(), []
        for message in self.all(node):
            if message["id"] in seen and "dup" not in message["users"]:
                silent.append(message["id"])
            seen.add(message["id"])
        return silent


class Words:
    """What is retained of one topic, as the broker passes it on: the words in order, each as it came."""

    def __init__(self, lab, host, topic, port=1883):
        self.words = []
        self._command = ["ip", "netns", "exec", host, "mosquitto_sub", "-V", "5", "-p", str(port), "-q", "1", "-t", topic]
        self._process = None
        self._ending = False
        lab.on_close(self.close)
        threading.Thread(target=self._collect, daemon=True).start()

    def close(self):
        self._ending = True
        if self._process:
            self._process.kill()

    def _collect(self):
        while not self._ending:
            self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for line in self._process.stdout:
                self.words.append(line.strip())
            self._process.wait()
            time.sleep(0.2)
