package io.thicket.drivers.bench;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.enocean.Esp3Framer;
import io.thicket.drivers.framing.BinaryFormat;
import io.thicket.drivers.framing.BinaryFramer;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.framing.EscapedFormat;
import io.thicket.drivers.framing.EscapedFramer;
import io.thicket.drivers.framing.LengthField;
import io.thicket.drivers.framing.LineFramer;
import io.thicket.drivers.framing.NmeaFramer;
import io.thicket.drivers.framing.ScanFramer;
import io.thicket.drivers.framing.VeDirectFramer;
import io.thicket.drivers.meter.KmpFramer;
import io.thicket.drivers.meter.MbusFramer;
import io.thicket.drivers.meter.ReadoutFramer;
import io.thicket.drivers.meter.SmlFramer;
import io.thicket.drivers.meter.TelegramFramer;
import io.thicket.drivers.onewire.ScratchpadFramer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Each framer with what it is made for, and with what would keep it busiest. Benchmarks and tests of bounded work share them. */
public enum FramerCase {
    /** A length of one byte: frames up to 258 bytes. */
    BINARY(
            () -> binary("AA", new LengthField(1, 1, false, 3, List.of()), Checksum.SUM8, 258),
            checked("AA 10 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 00", Checksum.SUM8, false)),
    /** The longest frames that a specification may ask for, with the dearest check. */
    BINARY_4096(
            () -> binary("0A", new LengthField(1, 2, false, 5, List.of()), Checksum.CRC16_MODBUS, 4096),
            checked("0A 00 08 01 02 03 04 05 06 07 08 00 00", Checksum.CRC16_MODBUS, false)),
    /** UBX. */
    UBX(
            () -> new BinaryFramer(new BinaryFormat(
                    Bytes.parse("B5 62"),
                    Bytes.NONE,
                    0,
                    new LengthField(4, 2, true, 8, List.of()),
                    new CheckPlace(Checksum.FLETCHER8, 2, -2, -2, false),
                    1024,
                    500)),
            Bytes.parse("B5 62 05 01 02 00 06 01 0F 38").toArray()),
    ESCAPED(
            () -> new EscapedFramer(new EscapedFormat(
                    0x7E,
                    0x7D,
                    Bytes.parse("5E 7E 5D 7D 31 11 33 13"),
                    new CheckPlace(Checksum.CRC16_X25, 0, -2, -2, true),
                    4096,
                    500)),
            escaped()),
    LINE(() -> new LineFramer(1024, 2000), ascii("temperature=21.5 humidity=40.25\r\n")),
    NMEA(
            () -> new NmeaFramer(500),
            ascii("$GNGGA,171926.00,4404.14063,N,12118.85478,W,1,12,0.91,1147.2,M,-21.3,M,,*44\r\n")),
    VEDIRECT(() -> new VeDirectFramer(2000), veDirect()),
    SML(() -> new SmlFramer(1000), sml()),
    TELEGRAM(() -> new TelegramFramer(true, 1000), ascii("/ISK5\\2M\r\n\r\n1-0:1.8.1(000004.426*kWh)\r\n!B8E1\r\n")),
    ESP3(
            () -> new Esp3Framer(500),
            Bytes.parse("55 00 0A 07 01 EB A5 00 00 55 08 01 81 B7 44 00 01 FF FF FF FF 2D 00 75")
                    .toArray()),
    READOUT(() -> new ReadoutFramer(2000), ascii("/ISK5ME162\r\n\u00021.8.0(000004.426*kWh)\r\n!\r\n\u0003~")),
    ONEWIRE(
            () -> new ScratchpadFramer(500),
            Bytes.parse("55 28 FF FC D0 00 17 03 AE BE 9C 01 4B 46 7F FF 0C 10 0C")
                    .toArray()),
    KMP(
            () -> new KmpFramer(1000),
            Bytes.parse("40 3F 10 00 56 25 04 42 00 00 19 1B F2 00 57 25 04 42 00 00 0F 1B F9 0B 32 0D")
                    .toArray()),
    MBUS(
            () -> new MbusFramer(500),
            Bytes.parse("68 12 12 68 08 08 72 78 03 49 11 77 04 0E 16 29 00 00 00 01 13 05 23 16")
                    .toArray());

    private final Supplier<ScanFramer> make;
    private final byte[] frame;

    FramerCase(Supplier<ScanFramer> make, byte[] frame) {
        this.make = make;
        this.frame = frame;
    }

    public ScanFramer framer() {
        return make.get();
    }

    /** A frame as it should be. */
    public byte[] frame() {
        return frame.clone();
    }

    /** At least {@code length} bytes that each look like the beginning of something long, in whole patterns. */
    public List<byte[]> hostile(int length) {
        return patterns().stream().map(pattern -> repeat(pattern, length)).toList();
    }

    /** Noise of which the half are bytes of the framer's own frames. */
    public byte[] noise(int length) {
        Random random = new Random(7);
        byte[] noise = new byte[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextBoolean() ? frame[random.nextInt(frame.length)] : (byte) random.nextInt(256);
        }
        return noise;
    }

    /** Frames one after the other. */
    public byte[] clean(int length) {
        return repeat(frame, length);
    }

    private List<byte[]> patterns() {
        return switch (this) {
            case BINARY -> List.of(hex("AA"), hex("AA FF"), hex("AA 02"));
            case BINARY_4096 -> List.of(hex("0A"), hex("0A 0F F0"), hex("0A 00 00"));
            case UBX -> List.of(hex("B5 62 01 07 F0 03"), hex("B5 62"), hex("B5"));
            case ESCAPED -> List.of(hex("7E"), hex("7E 7D"), hex("7D 5E"), join(hex("7E"), run(0x41, 4096)));
            case LINE -> List.of(hex("0A"), ascii("a\n"), run('a', 1024), join(run('a', 1025), hex("0A")));
            case NMEA ->
                List.of(
                        ascii("$"),
                        ascii("$*00"),
                        ascii("$*"),
                        join(ascii("$"), run('A', 252), ascii("*00")),
                        join(ascii("$"), run('A', 254), ascii("*")));
            case VEDIRECT ->
                List.of(
                        ascii("\r\nPID\t"),
                        ascii("\r\nChecksum\tA"),
                        ascii(":"),
                        join(ascii(":"), run('0', 128)),
                        ascii(":7D5ED008C\n"),
                        ascii("\t"),
                        join(ascii("\r\nPID\t"), run('a', 1024)),
                        join(run('a', 1000), ascii("\r\nChecksum\tA")));
            case SML ->
                List.of(
                        hex("1B"),
                        hex("1B 1B 1B 1B 01 01 01 01"),
                        // A start in each doubled escape of the one before.
                        hex("1B 1B 1B 1B 1B 1B 1B 1B 01 01 01 01"),
                        join(repeat(hex("1B 1B 1B 1B 1B 1B 1B 1B 01 01 01 01"), 4000), hex("1B 1B 1B 1B 1A 00 00 00")),
                        join(hex("1B 1B 1B 1B 01 01 01 01"), run(0x1B, 3), hex("00")),
                        join(hex("1B 1B 1B 1B 01 01 01 01"), run(0, 5000)),
                        // Each start is followed by an escape that is none.
                        hex("1B 1B 1B 1B 01 01 01 01 1B 1B 1B 1B 00"));
            case TELEGRAM ->
                List.of(
                        ascii("/"),
                        ascii("/\n!\n"),
                        ascii("\n/"),
                        join(run('/', 8180), ascii("\r\n!FFFF\r\n")),
                        join(ascii("/\n"), run(2, 8180), ascii("\n!FFFFFF")));
            case ESP3 ->
                List.of(
                        hex("55"),
                        // A right header that promises 500 bytes, in each of which another begins.
                        esp3Header(500),
                        esp3Header(20));
            case READOUT ->
                List.of(
                        hex("02"),
                        hex("02 03"),
                        ascii("/"),
                        ascii("/ABC5\r"),
                        join(hex("02"), run('a', ReadoutFramer.MAX_DATA)),
                        join(hex("02"), run('a', ReadoutFramer.MAX_DATA - 2), hex("03 00")));
            case ONEWIRE -> List.of(hex("55"), hex("55 BE"), hex("55 28 FF FC D0 00 17 03 AE BE"));
            case KMP ->
                List.of(
                        hex("40"),
                        hex("40 0D"),
                        hex("1B"),
                        join(hex("40"), repeat(hex("1B F2"), 1000), hex("0D")),
                        join(hex("40"), run(0, 255), hex("0D")));
            case MBUS ->
                List.of(
                        hex("68"),
                        hex("E5"),
                        join(run(0x68, 110), run(0x16, 110)),
                        hex("68 FF FF 68"),
                        hex("68 03 03 68 16 16 16 16 16"));
        };
    }

    private static BinaryFramer binary(String start, LengthField length, Checksum kind, int maxFrame) {
        CheckPlace check = new CheckPlace(kind, 0, -kind.width(), -kind.width(), false);
        return new BinaryFramer(new BinaryFormat(Bytes.parse(start), Bytes.NONE, 0, length, check, maxFrame, 500));
    }

    /** Puts the check into the last bytes. */
    private static byte[] checked(String hex, Checksum kind, boolean lowFirst) {
        byte[] frame = hex(hex);
        new CheckPlace(kind, 0, -kind.width(), -kind.width(), lowFirst).write(frame, 0, frame.length);
        return frame;
    }

    /** Its check needs no escape. */
    private static byte[] escaped() {
        byte[] plain = hex("01 02 03 04 05 06 07 08 7E 00 00");
        new CheckPlace(Checksum.CRC16_X25, 0, -2, -2, true).write(plain, 0, plain.length);
        return join(
                hex("7E 01 02 03 04 05 06 07 08 7D 5E"),
                new byte[] {plain[plain.length - 2], plain[plain.length - 1]},
                hex("7E"));
    }

    private static byte[] esp3Header(int length) {
        byte[] header = hex("55 00 00 00 01 00");
        header[1] = (byte) (length >> 8);
        header[2] = (byte) length;
        header[5] = (byte) Checksum.CRC8.over(header, 1, 5);
        return header;
    }

    private static byte[] veDirect() {
        byte[] block = ascii("\r\nPID\t0xA042\r\nV\t12800\r\nI\t-140\r\nVPV\t33500\r\nPPV\t17\r\nChecksum\t ");
        block[block.length - 1] = 0;
        block[block.length - 1] = (byte) Checksum.NEG8.over(block, 0, block.length);
        return block;
    }

    private static byte[] sml() {
        byte[] frame =
                join(hex("1B 1B 1B 1B 01 01 01 01"), run(0x76, 64), hex("1B 1B 1B 00"), hex("1B 1B 1B 1B 1A 00 00 00"));
        new CheckPlace(Checksum.CRC16_X25, 0, -2, -2, true).write(frame, 0, frame.length);
        return frame;
    }

    private static byte[] hex(String hex) {
        return Bytes.parse(hex).toArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] run(int value, int length) {
        byte[] run = new byte[length];
        Arrays.fill(run, (byte) value);
        return run;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** The pattern again and again, whole, until there are {@code length} bytes. */
    private static byte[] repeat(byte[] pattern, int length) {
        int times = (length + pattern.length - 1) / pattern.length;
        byte[] all = new byte[times * pattern.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = pattern[i % pattern.length];
        }
        return all;
    }
}
