package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** One wrong value is one problem: the keys that depend on it may be right for the one that was meant. */
class MisreadChoiceTest {
    private enum Shape {
        LINE,
        RING
    }

    private static TomlDocument document(String shape) {
        return TomlDocument.parse("[made]\n" + shape + "turns = 3\n", "test", Path.of("."));
    }

    private static String problems(TomlDocument document) {
        return assertThrows(ConfigException.class, document::finish).getMessage();
    }

    @Test
    void only_what_is_there_and_is_no_choice_is_misread() throws ConfigException {
        for (String shape : new String[] {"", "shape = \"ring\"\n"}) {
            TomlDocument right = document(shape);
            right.section("made", reader -> {
                reader.choice("shape", Shape.LINE);
                assertFalse(reader.isMisread("shape"), shape);
                return reader.value("turns");
            });
            right.finish();
        }
        for (String shape : new String[] {"shape = \"rign\"\n", "shape = 7\n"}) {
            TomlDocument wrong = document(shape);
            wrong.section("made", reader -> {
                assertEquals(Shape.LINE, reader.choice("shape", Shape.LINE));
                assertTrue(reader.isMisread("shape"), shape);
                assertFalse(reader.isMisread("turns"));
                return reader.value("turns");
            });
            problems(wrong);
        }
    }

    @Test
    void keys_that_nobody_asks_for_are_no_problem_beside_it_if_so_wanted() {
        TomlDocument told = document("shape = \"rign\"\n");
        told.section("made", reader -> reader.choice("shape", Shape.LINE));
        assertTrue(problems(told).contains("turns"));

        TomlDocument kept = document("shape = \"rign\"\n");
        kept.section("made", reader -> {
            reader.acceptUnknownKeys();
            return reader.choice("shape", Shape.LINE);
        });
        String problems = problems(kept);
        assertTrue(problems.contains("shape 'rign' is not one of line, ring"), problems);
        assertFalse(problems.contains("turns"), problems);
    }
}
