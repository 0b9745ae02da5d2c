package io.thicket.drivers.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlightRecorderTest {
    private final FlightRecorder recorder = new FlightRecorder();

    @Test
    void lines_tell_time_direction_and_bytes() {
        recorder.record(1_000_000_000, true, new byte[] {9, 1, 2}, 1, 2);
        recorder.record(2_500_001_000L, false, new byte[] {(byte) 0xFF}, 0, 1);

        assertEquals(List.of("+0.000000 RX 0102", "+1.500001 TX ff"), recorder.lines());
        assertEquals(List.of("+0.000000 RX 02", "+1.500001 TX ff"), recorder.lastLines(2));
        assertEquals(List.of("+0.000000 TX ff"), recorder.lastLines(1));
    }

    @Test
    void only_the_last_bytes_are_kept() {
        for (int i = 0; i < 10_000; i++) {
            recorder.record(i, true, new byte[] {1}, 0, 1);
        }
        recorder.record(0, true, new byte[9000], 0, 9000);

        int bytes =
                recorder.lines().stream().mapToInt(l -> (l.length() - 13) / 2).sum();
        assertTrue(bytes <= FlightRecorder.CAPACITY_BYTES, bytes + " bytes");
    }
}
