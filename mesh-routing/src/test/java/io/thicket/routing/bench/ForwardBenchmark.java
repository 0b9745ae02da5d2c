package io.thicket.routing.bench;

import io.thicket.routing.HopCode;
import io.thicket.routing.security.ChaChaSealCipher;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A relay forwards one frame: opens it, takes custody, replies, seals it for its next hop, opens that one's reply. Clock
 * and cipher are arguments; the neighbours' own work is in the figure, {@link #neighborsAlone} says how much that is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"})
public class ForwardBenchmark {
    private static final byte[] NETWORK = "bench".getBytes(StandardCharsets.US_ASCII);

    @Param({"10", "100", "1000", "10000"})
    public int destinations;

    @Param({"10"})
    public int neighbors;

    @Param({"1"})
    public int bundle;

    /** "none" or "aead". */
    @Param({"none"})
    public String crypto = "none";

    private static final int WARM_UP = 300_000;

    private Relay relay;

    @Setup
    public void setUp() {
        relay = new Relay(
                neighbors,
                destinations,
                bundle,
                () -> crypto.equals("aead") ? new ChaChaSealCipher(NETWORK, new byte[32]) : new OpenCipher());
        if (relay.routes() != destinations || relay.forward() != HopCode.CUSTODY) {
            throw new IllegalStateException(relay.routes() + " routes");
        }
        // Counted in messages: on a busy machine a second of warming up is hardly any.
        for (int i = 0; i < WARM_UP; i++) {
            relay.forward();
        }
    }

    @Benchmark
    public HopCode forward() {
        return relay.forward();
    }

    @Benchmark
    public int neighborsAlone() {
        return relay.prepare();
    }
}
