package io.thicket.drivers.serial.net;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.Transport;
import java.nio.ByteBuffer;

/** A serial port behind a TCP server that hands its bytes on as they are. The line's settings are the server's own matter. */
final class TcpTransport implements Transport {
    /** Input thrown away by one {@link #purge}, so that a server that never falls silent does not hold it up. */
    private static final int MAX_PURGED = 64 * 1024;

    private final TcpPipe pipe;

    TcpTransport(TcpPipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public int pending() throws PortException {
        return pipe.available().remaining();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws PortException {
        ByteBuffer in = pipe.available();
        int count = Math.min(length, in.remaining());
        in.get(buffer, offset, count);
        return count;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws PortException {
        return pipe.write(bytes, offset, length);
    }

    @Override
    public void purge() throws PortException {
        int purged = 0;
        for (ByteBuffer in = pipe.available(); in.hasRemaining() && purged < MAX_PURGED; in = pipe.available()) {
            purged += in.remaining();
            in.position(in.limit());
        }
    }

    @Override
    public void setLine(LineParameters line) {
        // Not ours to set.
    }

    @Override
    public void setLines(boolean rts, boolean dtr) {
        // Not ours to set.
    }

    @Override
    public void close() {
        pipe.close();
    }
}
