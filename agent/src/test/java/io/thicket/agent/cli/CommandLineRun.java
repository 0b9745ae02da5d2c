package io.thicket.agent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One run of the command line inside the test: what it printed and how it ended. */
record CommandLineRun(int exit, String out, String err) {
    static CommandLineRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = ThicketCli.commandLine(List.of(), List.of(), List.of());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(args);
        return new CommandLineRun(exit, out.toString(), err.toString());
    }
}
