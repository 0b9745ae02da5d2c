package io.thicket.drivers.spec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A file that anybody may put into the directory of specifications: a device, or problems with their places. */
class SpecFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void file(byte[] data) {
        try {
            DeviceSpec spec = SpecReader.read(new String(data, StandardCharsets.UTF_8));
            if (spec.models().isEmpty()) {
                throw new AssertionError("neither a device nor a problem");
            }
        } catch (SpecException e) {
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
