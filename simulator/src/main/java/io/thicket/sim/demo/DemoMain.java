package io.thicket.sim.demo;

import io.thicket.agent.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code thicket demo}: reads the arguments, runs, prints, and says how it went by its exit code. */
public final class DemoMain {
    private static final long LAST_WORDS_MS = 8_000;

    private DemoMain() {}

    /** Runs the demo to its end and returns the exit code; Ctrl-C ends it early and still prints the summary. */
    public static int run(List<String> args) {
        return run(args, System.out, System.err, System.getenv());
    }

    static int run(List<String> args, PrintStream out, PrintStream err, Map<String, String> environment) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(DemoOptions.USAGE);
            return ExitCode.OK.number();
        }
        DemoOptions options;
        try {
            options = DemoOptions.parse(args, new SecureRandom().nextInt() & 0xffffffffL);
        } catch (IllegalArgumentException e) {
            err.println("thicket demo: " + e.getMessage() + "; see thicket demo --help");
            return ExitCode.USAGE.number();
        }
        quieten();
        Demo demo = new Demo(options, options.json() ? err : out, environment);
        CountDownLatch finished = new CountDownLatch(1);
        Thread lastWords = new Thread(() -> letFinish(demo, finished), "demo-end");
        Runtime.getRuntime().addShutdownHook(lastWords);
        try {
            DemoReport report = demo.run();
            report.toLines().forEach(options.json() ? err::println : out::println);
            if (options.json()) {
                out.println(report.toJson());
            }
            out.flush();
            return (report.ok() ? ExitCode.OK : ExitCode.FAILED).number();
        } catch (IOException e) {
            err.println("thicket demo: " + e.getMessage());
            return ExitCode.UNAVAILABLE.number();
        } finally {
            finished.countDown();
            removeHook(lastWords);
        }
    }

    /** tinylog reads this when it is first used, which is not before here. What matters of the log is on the screen. */
    private static void quieten() {
        if (System.getProperty("tinylog.level") == null) {
            System.setProperty("tinylog.level", "error");
            // The broker says the same in its exceptions.
            System.setProperty("tinylog.level@org.apache.activemq", "off");
        }
    }

    /** In the shutdown hook: the JVM waits for it, and so for the summary and the terminal's modes. */
    private static void letFinish(Demo demo, CountDownLatch finished) {
        demo.requestStop();
        try {
            finished.await(LAST_WORDS_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, which is how we got here.
        }
    }
}
