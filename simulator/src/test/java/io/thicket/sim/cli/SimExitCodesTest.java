package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the help of each command of {@code thicket sim} and docs/cli.md say of exit codes, and what comes out. */
final class SimExitCodesTest {
    private static final Path ROOT = Path.of(System.getProperty("thicket.root", ".."));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `sim ([a-z-]+)` \\| (.*) \\|$");
    private static final Pattern CODE = Pattern.compile("(?:^|[:,;] )([0-9]{1,3})(?= )");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private static List<Integer> codes(String text) {
        List<Integer> codes = new ArrayList<>();
        Matcher found = CODE.matcher(text);
        while (found.find()) {
            codes.add(Integer.valueOf(found.group(1)));
        }
        return codes;
    }

    @Test
    void help_and_documentation_have_the_same_codes() throws IOException {
        Map<String, List<Integer>> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/cli.md")));
        while (row.find()) {
            documented.put(row.group(1), codes(row.group(2)));
        }
        Map<String, List<Integer>> helped = new TreeMap<>();
        for (Map.Entry<String, CommandLine> each :
                SimCommand.line().getSubcommands().entrySet()) {
            if (!each.getValue().getCommandSpec().usageMessage().hidden()) {
                String text = String.join(
                        " ", each.getValue().getCommandSpec().usageMessage().description());
                helped.put(each.getKey(), codes(text.replaceFirst("^.*?(?=Exit codes|$)", "")));
            }
        }

        assertEquals(documented, helped);
    }

    /** Everything that writes says what it cannot write, and before it works for hours. */
    @ParameterizedTest
    @CsvSource({
        "run, run S --json X/a.json",
        "view, view S --no-browser --trace X/a.run",
        "export, export S --links X/a.csv",
        "export-config, export-config S --out X/a",
        "fit, fit L --json X/a.json",
        "sweep, sweep S --out X/a",
        "swarm, swarm --runs 1 --keep X/a",
        "replay, replay --swarm-seed 1 --save X/a.toml",
        "shrink, shrink S --out X/a.toml",
        "diff, diff J J --json X/a.json"
    })
    void what_cannot_be_written_is_73(String command, String line) throws IOException {
        Map<String, String> files = Map.of(
                "S",
                "[scenario]\nduration = \"5s\"\nwarm_up = \"0s\"\n[nodes]\ncount = 2\n[[traffic]]\ninterval = \"1s\"\n"
                        + "[[check]]\nkind = \"latency\"\nat_most = \"1ms\"\n",
                "L",
                "from,to,rssi_dbm\na,b,-50\n",
                "J",
                "{}",
                "X",
                "a file where a directory would be");
        for (Map.Entry<String, String> each : files.entrySet()) {
            Files.writeString(directory.resolve(each.getKey()), each.getValue());
        }
        String[] words = ("sim " + line).split(" ");
        for (int i = 2; i < words.length; i++) {
            words[i] = words[i].matches("[SLJX](/.*)?")
                    ? directory.resolve(words[i]).toString()
                    : words[i];
        }

        int code = SimLine.run(out, err, words);

        assertEquals(73, code, () -> out + "" + err);
        assertTrue(err.toString().contains("X/a"), err::toString);
        String rows = ROW.matcher(Files.readString(ROOT.resolve("docs/cli.md")))
                .results()
                .filter(row -> row.group(1).equals(command))
                .map(row -> row.group(2))
                .collect(Collectors.joining());
        assertTrue(codes(rows).contains(73), rows);
    }
}
