package io.thicket.drivers.enocean;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.FrontFramer;
import io.thicket.drivers.framing.ScanBuffer;

/**
 * Packets of the EnOcean Serial Protocol 3: {@code 55}, the lengths of data and of optional data, a type, a CRC-8 over these four
 * bytes, data, optional data, and a CRC-8 over both. The frame handed on is the whole packet.
 */
public final class Esp3Framer extends FrontFramer {
    /** Longest packet in bytes; radio telegrams have about 24. */
    public static final int MAX_PACKET = 512;

    static final int HEADER = 6;
    private static final int SYNC = 0x55;
    private static final int HEADER_CRC_AT = 5;

    /** @param silenceMs half a packet is dropped when nothing came for so long */
    public Esp3Framer(long silenceMs) {
        super(new ScanBuffer(MAX_PACKET, Checksum.CRC8), silenceMs);
    }

    @Override
    protected boolean isStart(int b) {
        return b == SYNC;
    }

    @Override
    protected int look(FrameSink sink) {
        if (buffer.size() < HEADER) {
            return HEADER;
        }
        int total = HEADER + (buffer.at(1) << 8 | buffer.at(2)) + buffer.at(3) + 1;
        // A start that is data has no right header, so a wrong one is no damaged packet.
        boolean header = buffer.check(Checksum.CRC8, 1, HEADER_CRC_AT) == buffer.at(HEADER_CRC_AT);
        if (!header || total > MAX_PACKET || total == HEADER + 1) {
            skipFront();
            return 0;
        }
        if (buffer.size() < total) {
            return total;
        }
        if (buffer.check(Checksum.CRC8, HEADER, total - 1) == buffer.at(total - 1)) {
            emit(total, sink);
        } else {
            countBadChecksum();
            skipFront();
        }
        return 0;
    }
}
