package io.thicket.sim.cli;

import io.thicket.agent.cli.ThicketCli;
import io.thicket.gateway.BrokerCheck;
import io.thicket.gateway.GatewaySection;
import io.thicket.sim.demo.DemoMain;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The {@code thicket} command of a source tree or a laptop. */
public final class ThicketMain {
    private ThicketMain() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    static int run(String[] args) {
        if (args.length > 0 && args[0].equals("demo")) {
            return DemoMain.run(List.of(args).subList(1, args.length));
        }
        return ThicketCli.run(
                args,
                List.of(GatewaySection.INSTANCE),
                List.of(new BrokerCheck()),
                List.of(new Demo(), new LabCommand(), SimCommand.line(), new ReplayCommand()));
    }

    /** Stands in the list of commands; the demo reads its own arguments. */
    @Command(name = "demo", description = "A gateway, eleven nodes and a broker in one process: watch readings arrive.")
    static final class Demo implements java.util.concurrent.Callable<Integer> {
        @Unmatched
        private String[] rest = {};

        @Override
        public Integer call() {
            return DemoMain.run(List.of(rest));
        }
    }
}
