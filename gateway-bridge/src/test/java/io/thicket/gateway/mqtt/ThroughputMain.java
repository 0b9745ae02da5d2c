package io.thicket.gateway.mqtt;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.TOPICS;
import static io.thicket.gateway.Fixtures.batch;
import static io.thicket.gateway.Fixtures.wall;

import io.thicket.gateway.GatewayConfig;
import io.thicket.gateway.bridge.BridgeCounter;
import io.thicket.gateway.bridge.BridgeSettings;
import io.thicket.routing.NodeId;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;

/** How many readings a second one uplink brings to a broker, and what a publication costs. See README.md. */
public final class ThroughputMain {
    private static final int NODES = 50;
    private static final int READINGS_PER_BATCH = 5;
    private static final int MAX_WAITING = 4_000;

    private ThroughputMain() {}

    /** Arguments: the broker's URL, readings to publish. */
    public static void main(String[] arguments) throws InterruptedException {
        String broker = arguments.length > 0 ? arguments[0] : GatewayConfig.DEFAULT_BROKER;
        int readings = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        try (TestHost host = new TestHost()) {
            MqttUplink uplink = new MqttUplink(
                    GatewayConfig.of(broker).mqttSettings("site1", "gw1"),
                    BridgeSettings.DEFAULT,
                    TOPICS,
                    GATEWAY,
                    wall(),
                    new Random(1));
            host.call(() -> {
                uplink.start(host);
                return true;
            });
            TestHost.await("connection", 30, () -> host.call(uplink::statusLine).startsWith("connected"));
            run(host, uplink, 1, readings / 4); // Warm up.
            run(host, uplink, 1 + readings / 4, readings);
            host.call(() -> {
                uplink.close();
                return true;
            });
        }
    }

    private static void run(TestHost host, MqttUplink uplink, int first, int readings) throws InterruptedException {
        Map<BridgeCounter, Long> before = host.call(uplink::counters);
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        host.settled.clear();
        int batches = readings / READINGS_PER_BATCH;
        for (int i = 0; i < batches; i++) {
            long message = first + i;
            NodeId node = new NodeId(1 + i % NODES);
            String name = "n" + i % NODES;
            long seq = message * READINGS_PER_BATCH;
            host.post(() -> uplink.accept(batch(node, name, message, host.nowMs(), seq, seq + READINGS_PER_BATCH - 1)));
            while ((i - host.settled.size()) * READINGS_PER_BATCH > MAX_WAITING) {
                Thread.sleep(1);
            }
        }
        TestHost.await("settlement of all", 120, () -> host.settled.size() == batches);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuMicros = (cpuNanos() - cpu) / 1e3;
        Map<BridgeCounter, Long> after = host.call(uplink::counters);
        long messages = after.get(BridgeCounter.PUBLICATIONS) - before.get(BridgeCounter.PUBLICATIONS);
        System.out.printf(
                "%d readings in %.1f s: %.0f readings/s, %.0f publications/s, %.0f us CPU per publication%n",
                readings, seconds, readings / seconds, messages / seconds, cpuMicros / messages);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
