package io.thicket.drivers.bench;

import io.thicket.drivers.framing.FrameSink;
import io.thicket.drivers.framing.Framer;
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
 * A framer alone, fed in reads of 64 bytes. One operation is one byte. {@code input} is "clean", "noise", or the number of a
 * hostile pattern of {@link FramerCase}; one that the framer does not have counts as the last.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"})
public class FramerBenchmark {
    private static final int BYTES = 1 << 16;
    private static final int READ = 64;

    @Param
    public FramerCase framer = FramerCase.BINARY;

    @Param({"clean", "noise", "0", "1", "2", "3", "4", "5", "6"})
    public String input = "clean";

    private Framer subject = FramerCase.BINARY.framer();
    private byte[] bytes = {};
    private long frames;
    private final FrameSink sink = (arrived, frame, from, length) -> frames += length;

    @Setup
    public void setUp() {
        subject = framer.framer();
        bytes = switch (input) {
            case "clean" -> framer.clean(BYTES);
            case "noise" -> framer.noise(BYTES);
            default -> {
                var hostile = framer.hostile(BYTES);
                yield hostile.get(Math.min(Integer.parseInt(input), hostile.size() - 1));
            }
        };
    }

    @Benchmark
    @OperationsPerInvocation(BYTES)
    public long framing() {
        for (int at = 0; at < BYTES; at += READ) {
            subject.onBytes(0, bytes, at, READ, sink);
        }
        return frames;
    }
}
