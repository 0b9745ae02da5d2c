package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TomlTreeTest {
    private static final String TEXT = """
            title = "a \\"quoted\\" one\\twith a tab \\u0001"
            "a b" = [1, 2.5, "x", [true, false], { k = 1 }]
            day = 2026-11-01

            [nodes]
            count = -3
            loss = 1e-9
            many = 9223372036854775807
            nothing = []

            [nodes.inner]
            k = inf

            [[traffic]]
            interval = "10s"

            [[traffic]]

            [[traffic.each]]
            n = 1
            """;

    @Test
    void a_tree_survives_its_text() throws ConfigException {
        Map<String, Object> tree = TomlTree.parse(TEXT, "test");

        assertEquals(tree, TomlTree.parse(TomlTree.text(tree), "made"));
        assertEquals(2, ((List<?>) tree.get("traffic")).size());
    }

    @Test
    void what_is_no_toml_is_told_with_its_place() {
        ConfigException problem =
                assertThrows(ConfigException.class, () -> TomlTree.parse("a = 1\nb == 2\n", "x.toml"));

        assertTrue(problem.getMessage().startsWith("x.toml:2:4: this is no TOML"), problem::getMessage);
    }

    @Test
    void one_value_is_read_and_nothing_more() {
        assertEquals(Optional.of(16L), TomlTree.value("0x10"));
        assertEquals(Optional.of(List.of(1L, "a")), TomlTree.value("[1, \"a\"]"));
        assertEquals(Optional.empty(), TomlTree.value("10s"));
        assertEquals(Optional.empty(), TomlTree.value("1\nb = 2"));
    }
}
