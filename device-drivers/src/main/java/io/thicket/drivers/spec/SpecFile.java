package io.thicket.drivers.spec;

import io.thicket.drivers.LineParameters.Parity;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlParseResult;

/** What specifications and register maps have in common: a file of TOML with a version, ids, titles and a line. */
final class SpecFile {
    /** Longest file in characters. */
    static final int MAX_LENGTH = 128 * 1024;

    /** Most devices of one file beside its first. */
    static final int MAX_MODELS = 32;

    /** Most examples of one file. */
    static final int MAX_EXAMPLES = 64;

    /** The version of the format. */
    private static final int VERSION = 1;

    private SpecFile() {}

    /** The whole of the file. What a parser makes of a broken one says nothing about the rest of it, so that ends here. */
    static SpecTable open(String toml, Problems problems) throws SpecException {
        if (toml.length() > MAX_LENGTH) {
            problems.add(
                    null, "the file has " + toml.length() + " characters where " + MAX_LENGTH + " are allowed", "");
            problems.throwIfAny();
        }
        Optional<TomlParseResult> result =
                TomlParsing.parse(toml, (position, reason) -> problems.add(position, "this is no TOML: " + reason, ""));
        problems.throwIfAny();
        return new SpecTable(result.orElseThrow(), "", null, problems);
    }

    static void checkVersion(SpecTable root) {
        int version = root.requiredInteger("spec", 0, Integer.MAX_VALUE, "1");
        if (root.has("spec") && version != VERSION) {
            root.error("spec", "spec = " + version + ": this program reads version " + VERSION, "write spec = 1");
        }
    }

    /** The id of a device; {@code ids} are those before it. */
    static String id(SpecTable table, Set<String> ids, String example) {
        String id = table.requiredText("id", "\"maker.model\"");
        if (!id.isEmpty() && !id.matches("[a-z0-9]{1,32}(\\.[a-z0-9]{1,32}){0,2}")) {
            table.error(
                    "id",
                    "id '" + SpecTable.shortened(id)
                            + "' is not made of a-z and 0-9, with a point between maker and model",
                    "write for example \"" + example + "\"");
        }
        if (!ids.add(id)) {
            table.error("id", "the id '" + id + "' is there twice", "");
        }
        return id;
    }

    static String title(SpecTable table) {
        return table.requiredText("title", "\"Maker Model (what it measures)\"");
    }

    /** Of a format like {@code 8N1}. */
    static Parity parity(String format) {
        return switch (format.charAt(1)) {
            case 'E' -> Parity.EVEN;
            case 'O' -> Parity.ODD;
            default -> Parity.NONE;
        };
    }
}
