"""Network namespaces, links between them, and the processes inside. Everything made here is removed again."""

import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
THICKET = os.path.join(ROOT, "thicket")
PREFIX = "thk%d" % (os.getpid() % 10000)
MESH_PORT = 5690


def heed_interrupts():
    """Whoever runs in the background of a script inherits that SIGINT is ignored, and a JVM leaves it so: Ctrl-C would do nothing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Failed(Exception):
    """A check did not hold."""


def check(condition, message):
    if not condition:
        raise Failed(message)


def run(*command, **kwargs):
    """Runs a short command; its output is part of the error if it fails."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **kwargs)
    if result.returncode != 0:
        raise Failed("%s: exit %d: %s" % (" ".join(command), result.returncode, result.stdout.strip()))
    return result.stdout


def wait_for(what, condition, seconds, step=0.1):
    """Polls until condition() is true; its value is returned."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed("not within %g s: %s" % (seconds, what))
        time.sleep(step)


class Lab:
    """Hosts (network namespaces), cables (veth pairs) and processes of one test case."""

    def __init__(self, name):
        self.name = name
        self.dir = tempfile.mkdtemp(prefix="thicket-%s-" % name)
        self.hosts = []
        self.processes = []
        self.closers = []
        self.keep = False
        atexit.register(self.close)

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    # --- network -------------------------------------------------------------------------------------------------

    def host(self, name):
        """A network namespace with loopback up. Returns its full name."""
        space = "%s%s" % (PREFIX, name)
        run("ip", "netns", "add", space)
        self.hosts.append(space)
        run("ip", "-n", space, "link", "set", "lo", "up")
        return space

    def cable(self, host_a, name_a, host_b, name_b):
        """One layer-2 segment between two hosts: only these two hear each other on it."""
        run("ip", "link", "add", name_a, "netns", host_a, "type", "veth", "peer", "name", name_b, "netns", host_b)
        for host, name in ((host_a, name_a), (host_b, name_b)):
            run("ip", "-n", host, "link", "set", name, "up")

    def lossy(self, host, percent):
        """Drops that share of the mesh frames which come in, before the agent sees them."""
        rules = (
            "table inet loss {\n chain input {\n type filter hook input priority 0;\n"
            "udp dport %d numgen random mod 100 < %d counter drop\n}\n}\n" % (MESH_PORT, percent)
        )
        run("ip", "netns", "exec", host, "nft", rules)

    def dropped(self, host):
        """How many frames lossy() has dropped on host."""
        text = run("ip", "netns", "exec", host, "nft", "list", "table", "inet", "loss")
        return sum(int(n) for n in re.findall(r"counter packets (\d+)", text))

    # --- processes -----------------------------------------------------------------------------------------------

    def spawn(self, host, name, command, env=None, stdout=None):
        """Starts a process in host (None: outside); its output goes to NAME.log in the case's folder."""
        log = open(self.path(name + ".log"), "ab")
        prefix = ["ip", "netns", "exec", host] if host else []
        process = subprocess.Popen(
            prefix + command,
            stdin=subprocess.DEVNULL,
            stdout=stdout or log,
            stderr=log if stdout else subprocess.STDOUT,
            env=dict(os.environ, **(env or {})),
            start_new_session=True,
            preexec_fn=heed_interrupts,
        )
        process.log_path = log.name
        process.label = name
        self.processes.append(process)
        return process

    def stop(self, process, sig=signal.SIGTERM, seconds=10):
        """Signals a process (it execs, so its pid is the program's) and waits; returns its exit code."""
        if process.poll() is None:
            os.kill(process.pid, sig)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failed("%s did not end within %g s of signal %d" % (process.label, seconds, sig))

    def log(self, process):
        with open(process.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def on_close(self, action):
        self.closers.append(action)

    def close(self):
        for action in reversed(self.closers):
            try:
                action()
            except OSError:
                pass
        self.closers = []
        for process in self.processes:
            if process.poll() is None:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                process.wait()
        self.processes = []
        for host in self.hosts:
            subprocess.run(["ip", "netns", "del", host], stderr=subprocess.DEVNULL)
        self.hosts = []
        if not self.keep and os.path.isdir(self.dir):
            shutil.rmtree(self.dir, ignore_errors=True)

    def show_logs(self, lines=25):
        """The end of each process's log, for a failure's report."""
        for name in sorted(os.listdir(self.dir)):
            if name.endswith(".log"):
                with open(self.path(name), encoding="utf-8", errors="replace") as file:
                    tail = file.read().splitlines()[-lines:]
                print("--- %s" % name, file=sys.stderr)
                for line in tail:
                    print("    " + line, file=sys.stderr)


def cpu_seconds(pid):
    """User and system time of a process so far."""
    with open("/proc/%d/stat" % pid, encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid):
    with open("/proc/%d/status" % pid, encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+) kB", file.read()).group(1)) * 1024
