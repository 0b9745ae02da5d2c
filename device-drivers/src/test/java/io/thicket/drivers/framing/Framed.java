package io.thicket.drivers.framing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Feeds a framer and keeps what it found. */
final class Framed {
    final Framer framer;
    final List<String> frames = new ArrayList<>();
    final List<Long> arrivals = new ArrayList<>();

    Framed(Framer framer) {
        this.framer = framer;
    }

    Framed feed(long nowMs, byte[] bytes) {
        framer.onBytes(nowMs, bytes, 0, bytes.length, this::keep);
        return this;
    }

    Framed feed(long nowMs, String text) {
        return feed(nowMs, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Framed silence(long nowMs) {
        framer.onSilence(nowMs, this::keep);
        return this;
    }

    private void keep(long arrivedAtMs, byte[] buffer, int offset, int length) {
        frames.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
        arrivals.add(arrivedAtMs);
    }
}
