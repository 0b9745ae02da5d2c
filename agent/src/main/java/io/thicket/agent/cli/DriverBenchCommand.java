package io.thicket.agent.cli;

import io.thicket.agent.senml.JsonWriter;
import io.thicket.drivers.capture.Capture;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.proposal.Proposal;
import io.thicket.drivers.proposal.Proposer;
import io.thicket.drivers.proposal.Recorded;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thicket driver bench}. */
@Command(
        name = "bench",
        description = {
            "Propose how the frames of an unknown device are cut and checked.",
            "Reads recordings, best one for each rate that the device may have, and",
            "ranks rate, framing and checksum with the evidence for each. Exit code 1",
            "if chance explains what was heard as well."
        })
final class DriverBenchCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings, or raw bytes; - is standard input.")
    private List<String> files;

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DriverBenchCommand() {}

    /** A proposal and the recording that it is of. */
    private record Ranked(String file, String line, Proposal proposal) {
        /** The settings of the line, with what the proposal changes of them; empty if they are not known. */
        String settings() {
            String rate = line.isEmpty() ? "" : line.split(" ", 2)[0];
            return proposal.format().isEmpty() ? line : (rate + " " + proposal.format()).strip();
        }
    }

    @Override
    public Integer call() throws Failure {
        List<Ranked> ranked = new ArrayList<>();
        PrintWriter err = spec.commandLine().getErr();
        for (String file : files) {
            RecordedInput input = RecordedInput.read(file);
            Recorded recorded = new Recorded();
            long[] bytes = new long[1];
            input.play((micros, heard) -> {
                recorded.add(micros, heard);
                bytes[0] += heard.length;
            });
            List<Proposal> proposals = Proposer.of(recorded);
            String line = line(input.capture());
            proposals.forEach(each -> ranked.add(new Ranked(file, line, each)));
            String first = bytes[0] > Recorded.MAX_BYTES ? "the first " + Recorded.MAX_BYTES + " of " : "";
            if (!proposals.isEmpty() && !first.isEmpty()) {
                err.println(file + ": " + first + bytes[0] + " bytes were looked at");
            }
            if (bytes[0] == 0) {
                err.println(file + ": there is nothing in it that a device said");
            } else if (proposals.isEmpty()) {
                err.println(
                        file + ": nothing found in " + first + bytes[0] + " bytes"
                                + (line.isEmpty() ? "" : " at " + line)
                                + ": chance explains them as well. A wrong rate sounds like that, and so does a device that must be asked");
            }
        }
        ranked.sort(Comparator.comparingDouble((Ranked each) -> -each.proposal().score()));
        List<Ranked> best = ranked.subList(0, Math.min(SHOWN, ranked.size()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(best));
        } else {
            for (Ranked each : best) {
                print(out, each);
            }
        }
        out.flush();
        err.flush();
        return (best.isEmpty() ? ExitCode.FAILED : ExitCode.OK).number();
    }

    /** What the recording says of its line; empty if it says nothing. */
    private static String line(@Nullable Capture capture) {
        return capture == null ? "" : capture.head().getOrDefault("line", "");
    }

    private static void print(PrintWriter out, Ranked each) {
        Proposal proposal = each.proposal();
        String settings = each.settings().isEmpty() ? "rate unknown" : each.settings();
        out.println(String.format(Locale.ROOT, "%.2f  ", proposal.score()) + proposal.framing() + ": " + proposal.what()
                + "; " + words(proposal.check()) + "  (" + settings + ", " + each.file() + ")");
        out.println("      " + proposal.frames() + " frames, " + proposal.badChecks() + " with a wrong check");
        for (String sentence : proposal.evidence()) {
            out.println("      " + sentence);
        }
        proposal.specification().lines().forEach(line -> out.println("    | " + line));
    }

    private static String words(@Nullable CheckPlace check) {
        return check == null
                ? "no check"
                : check.kind().name().toLowerCase(Locale.ROOT) + " from " + check.from() + " to " + check.to() + ", at "
                        + check.at() + (check.lowFirst() ? ", low byte first" : "");
    }

    private static String toJson(List<Ranked> best) {
        JsonWriter json = new JsonWriter().beginArray();
        for (Ranked each : best) {
            Proposal proposal = each.proposal();
            json.beginObject();
            json.name("score").value(proposal.score());
            json.name("file").value(each.file());
            json.name("line").value(each.settings());
            json.name("framing").value(proposal.framing());
            json.name("what").value(proposal.what());
            CheckPlace check = proposal.check();
            json.name("checksum").value(check == null ? "" : check.kind().name().toLowerCase(Locale.ROOT));
            json.name("frames").value(proposal.frames());
            json.name("badChecksum").value(proposal.badChecks());
            json.name("evidence").beginArray();
            proposal.evidence().forEach(json::value);
            json.endArray();
            json.name("specification").value(proposal.specification());
            json.endObject();
        }
        return json.endArray().toString();
    }
}
