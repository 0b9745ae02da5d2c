package io.thicket.gateway;

import io.thicket.agent.cli.Daemon;
import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.cli.Version;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.mqtt.MqttUplink;
import io.thicket.routing.NodeId;
import java.util.List;
import java.util.random.RandomGenerator;

/** {@code thicket gateway}: a node with a broker, in the foreground. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] args) {
        System.exit(new Daemon("gateway", List.of(GatewaySection.INSTANCE), GatewayMain::uplink).run(args));
    }

    private static Uplink uplink(
            LoadedConfig config, NodeId self, Timers timers, WallClock wallClock, RandomGenerator random)
            throws Failure {
        GatewayConfig gateway = config.section(GatewaySection.INSTANCE)
                .orElseThrow(() -> new Failure(
                        ExitCode.CONFIG,
                        "the configuration has no [gateway] section; write one with broker = \""
                                + GatewayConfig.DEFAULT_BROKER + "\", or run it with 'thicket agent'"));
        String site = config.node().network().site();
        String name = config.node().node().name();
        return new MqttUplink(
                gateway.mqttSettings(site, name),
                gateway.bridgeSettings(),
                gateway.topics(site),
                new GatewayIdentity(name, self, Version.text()),
                wallClock,
                random);
    }
}
