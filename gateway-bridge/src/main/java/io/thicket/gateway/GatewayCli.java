package io.thicket.gateway;

import io.thicket.agent.cli.ThicketCli;
import java.util.List;

/** The command line of a device with the gateway package: it knows the section {@code [gateway]} and looks at the broker. */
public final class GatewayCli {
    private GatewayCli() {}

    public static void main(String[] args) {
        System.exit(ThicketCli.run(args, List.of(GatewaySection.INSTANCE), List.of(new BrokerCheck()), List.of()));
    }
}
