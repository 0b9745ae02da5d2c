package io.thicket.routing.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;

class FrameCodecFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void decode_refuses_or_reads_back_what_it_would_write(byte[] bytes) {
        survives(bytes);
    }

    /** Whether {@code bytes} are a frame; if so, each of its messages survives being written and read again. */
    static boolean survives(byte[] bytes) {
        List<MeshMessage> messages;
        try {
            messages = FrameCodec.decode(ByteBuffer.wrap(bytes));
        } catch (WireFormatException e) {
            return false;
        }
        for (MeshMessage message : messages) {
            if (!(message instanceof Refused)) {
                ByteBuffer out = ByteBuffer.allocate(FrameCodec.encodedBytes(message));
                FrameCodec.encode(message, out);
                try {
                    assertEquals(List.of(message), FrameCodec.decode(out.flip()));
                } catch (WireFormatException e) {
                    throw new AssertionError("cannot read what was written: " + message, e);
                }
            }
        }
        return true;
    }
}
