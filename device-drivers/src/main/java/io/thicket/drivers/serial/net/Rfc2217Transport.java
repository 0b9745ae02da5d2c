package io.thicket.drivers.serial.net;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import io.thicket.drivers.serial.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A serial port behind a server that speaks RFC 2217; it sets the line as a local port does. */
final class Rfc2217Transport implements Transport {
    /** How long the server may take to agree to the option and the line. */
    static final long NEGOTIATION_MS = 3_000;

    /** Commands and data that the connection has not taken yet. */
    static final int MAX_OUTPUT = 8 * 1024;

    private static final int BUFFER_BYTES = TcpPipe.BUFFER_BYTES;
    private static final int MAX_PURGED = 64 * 1024;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String name;
    private final TcpPipe pipe;
    private final Rfc2217Codec codec = new Rfc2217Codec();
    private final byte[] raw = new byte[BUFFER_BYTES];
    private final byte[] data = new byte[BUFFER_BYTES];
    private int dataFrom;
    private int dataTo;
    private byte[] output = {};
    private int outputFrom;

    private Rfc2217Transport(String name, TcpPipe pipe) {
        this.name = name;
        this.pipe = pipe;
    }

    /** Agrees with the server on the option and the line; takes up to twice {@link #NEGOTIATION_MS}. */
    static Transport open(String name, TcpPipe pipe, LineParameters line) throws PortException {
        Rfc2217Transport transport = new Rfc2217Transport(name, pipe);
        try {
            transport.queue(transport.codec.hello());
            transport.awaitOption();
            transport.setLine(line);
            return transport;
        } catch (PortException e) {
            pipe.close();
            throw e;
        }
    }

    private void awaitOption() throws PortException {
        long beganNanos = System.nanoTime();
        while (!codec.isAccepted()) {
            if (codec.isRefused() || isOver(beganNanos)) {
                throw new PortException(
                        Problem.LINE_UNSUPPORTED,
                        name + " does not speak RFC 2217; switch it on at its server, or write port = \""
                                + name.replace("rfc2217://", "tcp://") + "\" and set the line there");
            }
            turn();
        }
    }

    private static boolean isOver(long beganNanos) {
        return System.nanoTime() - beganNanos >= TimeUnit.MILLISECONDS.toNanos(NEGOTIATION_MS);
    }

    /** One turn of a negotiation. What the device says meanwhile is thrown away, as at every opening. */
    private void turn() throws PortException {
        if (fill() == 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        dataFrom = dataTo;
        flush();
    }

    @Override
    public int pending() throws PortException {
        flush();
        if (dataFrom == dataTo) {
            int unused = fill();
        }
        return dataTo - dataFrom;
    }

    /** Reads once, and takes the commands out; returns how many bytes came. The data buffer is empty before. */
    private int fill() throws PortException {
        ByteBuffer in = pipe.available();
        int count = Math.min(in.remaining(), raw.length);
        in.get(raw, 0, count);
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        dataFrom = 0;
        dataTo = codec.decode(raw, 0, count, data, 0, replies);
        queue(replies.toByteArray());
        return count;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws PortException {
        int count = Math.min(length, pending());
        System.arraycopy(data, dataFrom, buffer, offset, count);
        dataFrom += count;
        return count;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws PortException {
        flush();
        // One lot at a time, so that what was taken is soon out.
        if (codec.isSuspended() || outputFrom < output.length) {
            return 0;
        }
        int count = Math.min(length, MAX_OUTPUT / 4);
        queue(Rfc2217Codec.escaped(bytes, offset, count));
        return count;
    }

    /** Puts bytes behind those that the connection has not taken yet. */
    private void queue(byte[] more) throws PortException {
        int left = output.length - outputFrom;
        if (left + more.length > MAX_OUTPUT) {
            throw pipe.lost("does not take what is written; it is opened anew");
        }
        byte[] joined = new byte[left + more.length];
        System.arraycopy(output, outputFrom, joined, 0, left);
        System.arraycopy(more, 0, joined, left, more.length);
        output = joined;
        outputFrom = 0;
        flush();
    }

    private void flush() throws PortException {
        if (outputFrom < output.length) {
            outputFrom += pipe.write(output, outputFrom, output.length - outputFrom);
        }
    }

    @Override
    public void purge() throws PortException {
        queue(codec.purge());
        for (int purged = 0; purged < MAX_PURGED; purged += dataTo - dataFrom) {
            dataFrom = dataTo;
            if (fill() == 0) {
                break;
            }
        }
        dataFrom = dataTo;
    }

    @Override
    public void setLine(LineParameters line) throws PortException {
        queue(codec.line(line));
        long beganNanos = System.nanoTime();
        while (!codec.isAnswered() && !isOver(beganNanos)) {
            turn();
        }
        if (!codec.isSet(line)) {
            String did =
                    codec.baud() < 0 ? "does not say what it set" : "set " + codec.baud() + " baud or another format";
            throw new PortException(
                    Problem.LINE_UNSUPPORTED,
                    name + " was asked for " + line.baud() + " baud, " + line.dataBits()
                            + line.parity().name().charAt(0) + line.stopBits() + ", and " + did
                            + "; check what its device and its server allow");
        }
    }

    @Override
    public void setLines(boolean rts, boolean dtr) throws PortException {
        queue(codec.lines(rts, dtr));
    }

    @Override
    public boolean sendBreak(int lengthMs) throws PortException {
        queue(codec.breakLine(true));
        // As long here as it is to be there, plus what the network takes in between.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(lengthMs));
        queue(codec.breakLine(false));
        return true;
    }

    @Override
    public void close() {
        pipe.close();
    }
}
