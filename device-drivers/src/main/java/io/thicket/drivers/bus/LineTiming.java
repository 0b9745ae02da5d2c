package io.thicket.drivers.bus;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.LineParameters.Parity;

/** How long things take on a line. */
final class LineTiming {
    /** Above 19200 bit/s Modbus fixes the silence between frames instead of counting characters. */
    private static final int FIXED_ABOVE_BAUD = 19_200;

    private static final long FIXED_SILENCE_MICROS = 1_750;
    private static final long MICROS = 1_000_000;

    private final long charMicros;
    private final long silenceMicros;

    LineTiming(LineParameters line) {
        int bits = 1 + line.dataBits() + (line.parity() == Parity.NONE ? 0 : 1) + line.stopBits();
        this.charMicros = (bits * MICROS + line.baud() - 1) / line.baud();
        this.silenceMicros = line.baud() > FIXED_ABOVE_BAUD ? FIXED_SILENCE_MICROS : charMicros * 7 / 2;
    }

    /** So long the bytes are on the line, rounded up. */
    long transferMs(int bytes) {
        return (bytes * charMicros + 999) / 1_000;
    }

    /** The silence that separates frames (3.5 characters), rounded up. */
    long silenceMs() {
        return (silenceMicros + 999) / 1_000;
    }
}
