package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the parser throws instead of collecting it, by each way a text comes to it. */
final class TomlTextTest {
    /** A wrong escape in the name of a table. */
    private static final String ESCAPE = "[node]\n[\"a\\E\"]\n";

    private static final String WRONG = "2:4: this is no TOML: Invalid escape sequence '\\E'";
    private static final String DEEP = "this is no TOML: tables or arrays are nested more than 64 deep";

    @TempDir
    private Path temp;

    @Test
    void a_wrong_escape_in_the_name_of_a_table_is_a_problem_of_the_configuration() throws Exception {
        Path file = Files.writeString(temp.resolve("node.toml"), ESCAPE);

        assertProblem(file + ":" + WRONG, () -> new ConfigReader(new TestDrivers(), List.of()).read(file));
    }

    @Test
    void the_mark_that_windows_begins_files_with_is_skipped() throws Exception {
        Path file = Files.writeString(temp.resolve("node.toml"), "\uFEFF" + ESCAPE);

        assertProblem(file + ":" + WRONG, () -> new ConfigReader(new TestDrivers(), List.of()).read(file));
        assertEquals(Map.of("v", 1L), TomlTree.parse("\uFEFFv = 1", "test"));
    }

    @Test
    void a_wrong_escape_in_the_name_of_a_table_is_a_problem_of_a_document() {
        TomlDocument document = TomlDocument.parse(ESCAPE, "test", temp);
        document.section("node", section -> section.requiredText("name", "\"n1\""));

        assertProblem("test:" + WRONG, document::finish);
    }

    @Test
    void a_wrong_escape_in_the_name_of_a_table_is_a_problem_of_a_tree() {
        assertProblem("test:" + WRONG, () -> TomlTree.parse(ESCAPE, "test"));
    }

    @Test
    void a_wrong_escape_in_the_name_of_a_table_is_a_problem_of_a_key_file_which_is_not_quoted() throws Exception {
        Path file = Files.writeString(temp.resolve("network.key"), ESCAPE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertProblem(file + ":2:4: this is no network key file", () -> NetworkKeyFile.read(file));
    }

    @Test
    void brackets_without_end_are_a_problem_and_no_overflow() {
        for (int depth : new int[] {5_000, 100_000}) {
            assertProblem("test:1:69: " + DEEP, () -> TomlTree.parse("v = " + "[".repeat(depth), "test"));
            assertEquals(Optional.empty(), TomlTree.value("[".repeat(depth)));
        }
    }

    @Test
    void sixty_four_levels_are_read_and_more_are_told_with_their_place() throws ConfigException {
        String arrays = "[".repeat(64) + "]".repeat(64);
        String text = TomlTree.text(TomlTree.parse("v = " + arrays, "test"));
        assertEquals("v = " + arrays + "\n", text);
        assertTrue(TomlTree.value(arrays).isPresent());
        assertFalse(TomlTree.value("[" + arrays + "]").isPresent());

        assertProblem("test:2:1: " + DEEP, () -> TomlTree.parse("a = 1\nv" + ".b".repeat(20_000) + " = 1", "test"));
    }

    private static void assertProblem(String expected, Executable read) {
        ConfigException refused = assertThrows(ConfigException.class, read);
        assertEquals(
                List.of(expected),
                refused.problems().stream().map(ConfigProblem::toString).toList());
    }
}
