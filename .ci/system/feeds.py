"""Serial lines: a pty whose far end is fed with real frames at real pace."""

import os
import threading
import time
import tty


def pms5003_frame(pm1, pm25, pm10):
    """A Plantower x003 frame: atmospheric words carry the values (same as CF=1 here), counts are fixed."""
    words = [28, pm1, pm25, pm10, pm1, pm25, pm10, 210, 70, 45, 30, 2, 1, 0x9700]
    body = b"\x42\x4d" + b"".join(w.to_bytes(2, "big") for w in words)
    return body + (sum(body) & 0xFFFF).to_bytes(2, "big")


def nmea(sentence):
    """Adds '$', checksum and line end."""
    value = 0
    for char in sentence.encode("ascii"):
        value ^= char
    return ("$%s*%02X\r\n" % (sentence, value)).encode("ascii")


def gga(number):
    """A fix whose altitude is number/10 metres."""
    return nmea("GPGGA,1719%02d.00,4404.14063,N,12118.85478,W,1,12,0.91,%.1f,M,-21.3,M,," % (number % 60, number / 10))


def text_line(number):
    return b"temp=%.2f hum=%d\r\n" % (20 + number / 100, 40 + number % 10)


class Line:
    """One pty; the symbolic link `path` is what the agent opens. frame(n) makes the n-th frame, every `seconds`."""

    def __init__(self, lab, path, frame, seconds=1.0, first=1):
        self.path = path
        self.frame = frame
        self.seconds = seconds
        self.number = first - 1
        self.sent = {}
        self._stop = threading.Event()
        self._thread = None
        self._fd = None
        self._slave = None
        lab.on_close(self.close)
        self.plug()

    def plug(self):
        """The device appears and talks."""
        master, slave = os.openpty()
        tty.setraw(slave)
        self._fd, self._slave = master, slave
        if os.path.islink(self.path):
            os.unlink(self.path)
        os.symlink(os.ttyname(slave), self.path)
        os.set_blocking(master, False)
        self._stop.clear()
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def unplug(self):
        """The device vanishes: its node goes and every open handle on it is hung up."""
        self._stop.set()
        self._thread.join()
        os.unlink(self.path)
        os.close(self._fd)
        os.close(self._slave)
        self._fd = None

    def quiet(self):
        """The device stops talking but stays."""
        self._stop.set()
        self._thread.join()

    def close(self):
        self._stop.set()
        if self._fd is not None:
            self._thread.join()
            os.close(self._fd)
            os.close(self._slave)
            self._fd = None

    def _talk(self):
        next_at = time.monotonic()
        while not self._stop.wait(max(0.0, next_at - time.monotonic())):
            self.number += 1
            try:
                os.write(self._fd, self.frame(self.number))
                self.sent[self.number] = time.time()
            except BlockingIOError:
                pass  # nobody reads: the line's buffer is full, as on a real UART
            next_at += self.seconds
