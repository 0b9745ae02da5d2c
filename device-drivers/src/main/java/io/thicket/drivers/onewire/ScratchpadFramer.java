package io.thicket.drivers.onewire;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.FrontFramer;
import io.thicket.drivers.framing.ScanBuffer;

/**
 * What comes back when a thermometer is read: {@code 55}, its number, {@code BE}, nine bytes of scratchpad with a CRC-8 as the last. The
 * frame handed on is all nineteen. Where no device answered the scratchpad is {@code FF} throughout, which is a frame, too.
 */
public final class ScratchpadFramer extends FrontFramer {
    static final int ROM_AT = 1;
    static final int PAD_AT = 10;
    static final int PAD_BYTES = 9;

    /** Bytes of a frame. */
    public static final int FRAME_BYTES = PAD_AT + PAD_BYTES;

    private static final int MATCH_ROM = 0x55;
    private static final int READ = 0xBE;

    private final byte[] rom = new byte[Rom.LENGTH];

    /** @param silenceMs half a frame is dropped when nothing came for so long */
    public ScratchpadFramer(long silenceMs) {
        super(new ScanBuffer(FRAME_BYTES), silenceMs);
    }

    @Override
    protected boolean isStart(int b) {
        return b == MATCH_ROM;
    }

    @Override
    protected int look(FrameSink sink) {
        int size = buffer.size();
        if (size < PAD_AT) {
            return PAD_AT;
        }
        if (buffer.at(PAD_AT - 1) != READ || !isNumber()) {
            skipFront();
            return 0;
        }
        if (size < FRAME_BYTES) {
            return FRAME_BYTES;
        }
        if (!isNobody(buffer.array(), buffer.offset())
                && buffer.check(Checksum.CRC8_DALLAS, PAD_AT, FRAME_BYTES - 1) != buffer.at(FRAME_BYTES - 1)) {
            countBadChecksum();
            skipFront();
        } else {
            emit(FRAME_BYTES, sink);
        }
        return 0;
    }

    private boolean isNumber() {
        for (int i = 0; i < Rom.LENGTH; i++) {
            rom[i] = (byte) buffer.at(ROM_AT + i);
        }
        return Rom.isRight(rom, 0);
    }

    /** Whether nobody answered: the line stays high. */
    static boolean isNobody(byte[] frame, int offset) {
        for (int i = PAD_AT; i < FRAME_BYTES; i++) {
            if (frame[offset + i] != -1) {
                return false;
            }
        }
        return true;
    }
}
