package io.thicket.drivers.serial.net;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A hostile server: no exception, bounded answers, and the cutting into reads does not matter. */
class Rfc2217FuzzTest {
    @FuzzTest(maxDuration = "10m")
    void any_bytes(byte[] in) {
        Rfc2217Codec whole = new Rfc2217Codec();
        ByteArrayOutputStream wholeReplies = new ByteArrayOutputStream();
        byte[] wholeData = new byte[in.length];
        int wholeCount = whole.decode(in, 0, in.length, wholeData, 0, wholeReplies);
        Rfc2217Codec pieces = new Rfc2217Codec();
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        byte[] data = new byte[in.length];
        int count = 0;
        for (int i = 0; i < in.length; i++) {
            count += pieces.decode(in, i, 1, data, count, replies);
        }
        if (wholeReplies.size() > in.length
                || wholeCount != count
                || !Arrays.equals(wholeData, data)
                || !Arrays.equals(wholeReplies.toByteArray(), replies.toByteArray())
                || whole.baud() != pieces.baud()
                || whole.isSuspended() != pieces.isSuspended()) {
            throw new AssertionError("whole and in pieces differ");
        }
        byte[] escaped = Rfc2217Codec.escaped(in, 0, in.length);
        byte[] back = new byte[escaped.length];
        int length = new Rfc2217Codec().decode(escaped, 0, escaped.length, back, 0, new ByteArrayOutputStream());
        if (!Arrays.equals(in, Arrays.copyOf(back, length))) {
            throw new AssertionError("what was escaped does not come back");
        }
    }
}
