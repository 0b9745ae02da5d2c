package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;

class FrameGuardFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void open_never_throws_and_takes_nothing_forged(byte[] bytes) {
        FrameGuard guard = FrameGuardTest.guard(new NodeId(1), 1, 1);

        assertFalse(guard.open(0, ByteBuffer.wrap(bytes), 1).status().authentic());
        assertFalse(guard.openReply(0, ByteBuffer.wrap(bytes), 1).status().authentic());
    }
}
