package io.thicket.drivers.catalogue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.VeDirectHex;
import java.util.Arrays;
import java.util.Map;

/** Hostile bytes as they are, and as the contents of frames whose checks are right: so they get as far as the decoder. */
class FramedFuzzTest {
    private static final int LOOP = 99;
    private static final int MOST = 400;

    @FuzzTest(maxDuration = "10m")
    void vedirect(byte[] data) {
        SessionFuzzTest.feed("victron.vedirect", Map.of(), data);
        byte[] message = new byte[1 + Math.min(data.length, 60)];
        System.arraycopy(data, 0, message, 1, message.length - 1);
        message[0] = VeDirectHex.START;
        SessionFuzzTest.feed("victron.vedirect", Map.of(), VeDirectHex.toLine(message));
    }

    @FuzzTest(maxDuration = "10m")
    void jk(byte[] data) {
        SessionFuzzTest.feed("jk.bms", Map.of(), data);
        int length = Math.min(data.length, MOST);
        byte[] frame = new byte[length + 20];
        frame[0] = 0x4E;
        frame[1] = 0x57;
        frame[2] = (byte) (length + 18 >> 8);
        frame[3] = (byte) (length + 18);
        frame[8] = 0x06;
        frame[10] = 0x01;
        System.arraycopy(data, 0, frame, 11, length);
        frame[frame.length - 5] = 0x68;
        check(frame, Checksum.SUM16, frame.length - 4);
        SessionFuzzTest.feed("jk.bms", Map.of(), frame);
    }

    @FuzzTest(maxDuration = "10m")
    void kamstrup(byte[] data) {
        SessionFuzzTest.feed("kamstrup.kmp", Map.of(), data);
        byte[] message = new byte[2 + Math.min(data.length, 240)];
        message[0] = 0x3F;
        message[1] = 0x10;
        System.arraycopy(data, 0, message, 2, message.length - 2);
        SessionFuzzTest.feed("kamstrup.kmp", Map.of(), KamstrupMeterTest.framed(message));
    }

    @FuzzTest(maxDuration = "10m")
    void davis(byte[] data) {
        SessionFuzzTest.feed("davis.vantage", Map.of(), data);
        byte[] packet = Arrays.copyOf(data, LOOP);
        packet[0] = 'L';
        packet[1] = 'O';
        packet[2] = 'O';
        packet[4] = 0;
        packet[LOOP - 4] = '\n';
        packet[LOOP - 3] = '\r';
        check(packet, Checksum.CRC16_XMODEM, LOOP - 2);
        SessionFuzzTest.feed("davis.vantagemetric", Map.of(), packet);
    }

    /** Into the last two bytes, over what is before {@code end}. */
    private static void check(byte[] frame, Checksum kind, int end) {
        int value = kind.over(frame, 0, end);
        frame[frame.length - 2] = (byte) (value >> 8);
        frame[frame.length - 1] = (byte) value;
    }
}
