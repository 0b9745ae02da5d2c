package io.thicket.agent.cli;

import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.ConfigSection;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.doctor.DoctorCheck;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.jssc.JsscTransport;
import io.thicket.drivers.serial.net.NetworkPorts;
import io.thicket.drivers.serial.replay.RecordedPorts;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code thicket} command line. The packages above the agent add their commands and configuration sections to it. */
@Command(
        name = "thicket",
        description = "A mesh of small devices that brings every sensor reading to a broker, or says which one not.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = ThicketCli.JarVersion.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 a check failed, 2 wrong command line, 69 no agent answers, 78 wrong configuration."
        })
public final class ThicketCli implements Runnable {
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec
    private ThicketCli() {}

    /** The command line of a device without the gateway package. */
    public static void main(String[] args) {
        System.exit(run(args, List.of(), List.of(), List.of()));
    }

    /**
     * Runs one command and returns its exit code.
     *
     * @param sections configuration sections of the packages above the agent
     * @param checks what they have the doctor look at
     * @param more their commands, annotated for picocli
     */
    public static int run(
            String[] args,
            List<? extends ConfigSection<?>> sections,
            List<? extends DoctorCheck> checks,
            List<?> more) {
        int code = commandLine(sections, checks, more).execute(args);
        return whole(code, System.out, System.err);
    }

    /** A result that did not get to its reader is none: {@code code}, or that of a file that cannot be written. */
    static int whole(int code, PrintStream out, PrintStream err) {
        if (!out.checkError()) {
            return code;
        }
        err.println("thicket: standard output could not be written: no space is left, or its reader is gone");
        return code == ExitCode.OK.number() ? ExitCode.CANNOT_CREATE.number() : code;
    }

    static CommandLine commandLine(
            List<? extends ConfigSection<?>> sections, List<? extends DoctorCheck> checks, List<?> more) {
        // Nothing here may log to the terminal but errors; tinylog reads this when it is first used.
        System.setProperty("tinylog.level", "error");
        ConfigReader reader = new ConfigReader(DriverLookup.of(DriverCatalogue.all()), sections);
        CommandLine line = new CommandLine(new ThicketCli())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new SensorsCommand())
                .addSubcommand(new CommandsCommand())
                .addSubcommand(new SetCommand())
                .addSubcommand(new DoCommand())
                .addSubcommand(new RoutesCommand())
                .addSubcommand(new NeighborsCommand())
                .addSubcommand(new NodesCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new TraceCommand())
                .addSubcommand(new PingCommand())
                .addSubcommand(new SurveyCommand())
                .addSubcommand(new ConfigCommand(reader))
                .addSubcommand(new NetworkCommand())
                .addSubcommand(DriverCommand.line(
                        new PortTool(RecordedPorts.or(NetworkPorts.or(JsscTransport::open)), PortSystem.LINUX)))
                .addSubcommand(new DoctorCommand(reader, checks))
                .addSubcommand(new DaemonHelp.Agent())
                .addSubcommand(new DaemonHelp.Gateway());
        more.forEach(line::addSubcommand);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(System.getenv("NO_COLOR"))));
        line.setExecutionExceptionHandler(ThicketCli::explain);
        line.setParameterExceptionHandler(ThicketCli::refuse);
        return line;
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** See no-color.org: any text but an empty one switches colours off; else a terminal gets them and nothing else does. */
    static Ansi ansi(@Nullable String noColor) {
        return noColor == null || noColor.isEmpty() ? Ansi.AUTO : Ansi.OFF;
    }

    private static int explain(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        if (problem instanceof Failure failure) {
            line.getErr().println("thicket " + name(line) + ": " + failure.getMessage());
            line.getErr().flush();
            return failure.code().number();
        }
        line.getErr().println("thicket " + name(line) + ": a fault in Thicket itself");
        problem.printStackTrace(line.getErr());
        line.getErr().flush();
        return ExitCode.SOFTWARE.number();
    }

    private static int refuse(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("thicket: " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        CommandLine parent = line.getParent();
        if (problem instanceof CommandLine.MissingParameterException
                && parent != null
                && !parent.getUnmatchedArguments().isEmpty()) {
            String early = String.join(" ", parent.getUnmatchedArguments());
            err.println("It stands too early: write " + line.getCommandSpec().qualifiedName() + " " + early);
        }
        err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE.number();
    }

    private static String name(CommandLine line) {
        String qualified = line.getCommandSpec().qualifiedName();
        return qualified.startsWith("thicket ") ? qualified.substring("thicket ".length()) : qualified;
    }

    /** Asks the jar. */
    static final class JarVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "thicket " + Version.text() + " (Java " + Runtime.version().feature() + ")"
            };
        }
    }
}
