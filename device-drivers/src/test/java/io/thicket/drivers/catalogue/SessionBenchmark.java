package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.ObservationSink;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A driver, framer and decoder together, fed in reads of 64 bytes. One operation is one byte. {@code input} is "clean" (its own
 * frames), "noise", "heads" (the first four bytes of its frame again and again), or for Modbus "answers" (the head of a long
 * answer after a request for one).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"})
public class SessionBenchmark {
    private static final int BYTES = 1 << 16;
    private static final int READ = 64;

    @Param({
        "plantower.pms5003",
        "nova.sds011",
        "sensirion.sps30",
        "winsen.mhz19b",
        "ublox.ubx",
        "jbd.bms",
        "victron.vedirect",
        "nmea0183",
        "text.keyvalue",
        "text.csv",
        "text.regex",
        "text.json",
        "dsmr.p1",
        "sml.meter",
        "mbus.meter",
        "eastron.sdm630"
    })
    public String driver = "text.csv";

    @Param({"clean", "noise", "heads", "answers"})
    public String input = "clean";

    private DeviceSession session =
            DriverCatalogue.find("text.csv").orElseThrow().open(MutatedInputTest.options("text.csv"));
    private byte[] bytes = {};
    private long values;
    private final ObservationSink sink = (arrivedAtMs, observations) -> values += observations.size();

    @Setup
    public void setUp() {
        session = DriverCatalogue.find(driver).orElseThrow().open(MutatedInputTest.options(driver));
        List<byte[]> frames = DriverCatalogueTest.vectors(driver);
        byte[] frame = frames.get(0);
        bytes = switch (input) {
            case "noise" -> noise();
            case "heads" -> repeat(Arrays.copyOf(frame, Math.min(4, frame.length)));
            case "answers" -> repeat(HexFormat.of().parseHex("0104fa"));
            default -> repeat(frame);
        };
        if (input.equals("answers")) {
            byte[] request = HexFormat.of().parseHex("01040000007d302b");
            session.onBytes(0, request, 0, request.length, sink);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BYTES)
    public long reading() {
        for (int at = 0; at < BYTES; at += READ) {
            session.onBytes(0, bytes, at, READ, sink);
        }
        return values;
    }

    private static byte[] noise() {
        byte[] noise = new byte[BYTES];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static byte[] repeat(byte[] pattern) {
        byte[] all = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            all[i] = pattern[i % pattern.length];
        }
        return all;
    }
}
