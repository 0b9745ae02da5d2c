package io.thicket.drivers.serial;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortException.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port in memory with the faults of a real one. */
final class SimulatedPort implements Transport.Opener {
    final Deque<Byte> input = new ArrayDeque<>();
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    int outputRoom = Integer.MAX_VALUE;

    @Nullable
    PortException refusal;

    /** What happened to the line itself, e.g. {@code 9600} or {@code break 15}. */
    final List<String> line = new ArrayList<>();

    boolean unplugged;
    int opened;
    int open;
    int purges;

    void send(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            input.add(b);
        }
    }

    @Override
    public Transport open(String node, LineParameters line) throws PortException {
        if (refusal != null) {
            throw refusal;
        }
        opened++;
        open++;
        unplugged = false;
        return new Opened();
    }

    private final class Opened implements Transport {
        private boolean closed;

        private void requireThere() throws PortException {
            if (closed) {
                throw new AssertionError("used after close");
            }
            if (unplugged) {
                throw new PortException(Problem.LOST, "the port is gone; plug it in again");
            }
        }

        @Override
        public int pending() throws PortException {
            requireThere();
            return input.size();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws PortException {
            requireThere();
            int count = Math.min(length, input.size());
            for (int i = 0; i < count; i++) {
                buffer[offset + i] = input.remove();
            }
            return count;
        }

        @Override
        public int write(byte[] bytes, int offset, int length) throws PortException {
            requireThere();
            int count = Math.min(length, outputRoom);
            written.write(bytes, offset, count);
            outputRoom -= count;
            return count;
        }

        @Override
        public void purge() throws PortException {
            requireThere();
            input.clear();
            purges++;
        }

        @Override
        public void setLine(LineParameters parameters) throws PortException {
            requireThere();
            line.add(parameters.baud() + " " + parameters.dataBits()
                    + parameters.parity().name().charAt(0) + parameters.stopBits() + " after '" + written + "'");
        }

        @Override
        public void setLines(boolean rts, boolean dtr) throws PortException {
            requireThere();
        }

        @Override
        public boolean sendBreak(int lengthMs) throws PortException {
            requireThere();
            line.add("break " + lengthMs + " after '" + written + "'");
            return true;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
        }
    }
}
