package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkKeyFileTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("network.key");
    }

    @Test
    void what_is_made_is_read() throws Exception {
        NetworkKey made = NetworkKeyFile.create(file, Optional.empty(), new Random(1), DAY);
        NetworkKey read = NetworkKeyFile.read(file);

        assertEquals(made.id(), read.id());
        assertTrue(read.id().matches("[0-9a-f]{16}"));
        assertArrayEquals(made.key(), read.key());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).startsWith("# The key of a Thicket network, made 2026-11-22."));
        assertEquals("network " + read.id(), read.toString());
    }

    @Test
    void gateways_can_be_listed_and_what_is_no_node_id_is_told() throws Exception {
        NetworkKeyFile.create(file, Optional.empty(), new Random(1), DAY);
        assertEquals(Set.of(), NetworkKeyFile.read(file).gateways());

        Files.writeString(file, "gateways = [\"1100000000000001\", \"11000000000000aa\"]\n", StandardOpenOption.APPEND);
        assertEquals(
                Set.of(NodeId.parse("1100000000000001"), NodeId.parse("11000000000000aa")),
                NetworkKeyFile.read(file).gateways());

        Files.writeString(
                file, Files.readString(file).replace("[\"1100000000000001\", \"11000000000000aa\"]", "[\"n1\", 7]"));
        ConfigException refused = assertThrows(ConfigException.class, () -> NetworkKeyFile.read(file));
        assertEquals(2, refused.problems().size(), refused.problems().toString());
    }

    @Test
    void network_can_have_a_name() throws Exception {
        NetworkKeyFile.create(file, Optional.of("allotment"), new Random(1), DAY);

        assertEquals("allotment", NetworkKeyFile.read(file).id());
        assertThrows(
                IOException.class,
                () -> NetworkKeyFile.create(directory.resolve("b"), Optional.of("A b"), new Random(1), DAY));
        assertFalse(Files.exists(directory.resolve("b")));
    }

    @Test
    void file_that_exists_is_left_alone() throws Exception {
        Files.writeString(file, "precious");

        String said = assertThrows(
                        IOException.class, () -> NetworkKeyFile.create(file, Optional.empty(), new Random(1), DAY))
                .getMessage();

        assertEquals(file + " exists already and is left as it is", said);
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void directory_that_does_not_exist_is_told() {
        Path far = directory.resolve("no/network.key");
        String said = assertThrows(
                        IOException.class, () -> NetworkKeyFile.create(far, Optional.empty(), new Random(1), DAY))
                .getMessage();

        assertEquals("the directory of " + far + " does not exist", said);
    }

    @Test
    void file_that_others_can_read_is_refused() throws Exception {
        NetworkKeyFile.create(file, Optional.empty(), new Random(1), DAY);
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertEquals(
                    file + ": others than its owner can read or write this key file\n    chmod 600 " + file,
                    assertThrows(ConfigException.class, () -> NetworkKeyFile.read(file))
                            .getMessage());
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        NetworkKeyFile.read(file);
    }

    @Test
    void damage_is_told_without_the_key() throws Exception {
        NetworkKeyFile.create(file, Optional.of("n"), new Random(1), DAY);
        String good = Files.readString(file);
        String hex = good.replaceAll("(?s).*key = \"([0-9a-f]{64})\".*", "$1");

        refused(good.replace(hex, hex.substring(2)), "key is not 64 hexadecimal digits", hex.substring(2));
        refused(good.replace(hex, "x" + hex.substring(1)), "key is not 64 hexadecimal digits", hex.substring(1));
        refused(good.replace(hex + "\"", hex), "this is no network key file", hex);
        refused(good.replace("id = \"n\"", ""), "has no 'id'", hex);
        refused(good + "more = 1\n", "has no key 'more'", hex);
        refused("", "has no 'id'", hex);
        refused("#".repeat(5000), "more than 4096 bytes", hex);
        Files.delete(file);
        assertTrue(assertThrows(ConfigException.class, () -> NetworkKeyFile.read(file))
                .getMessage()
                .contains("make one: thicket network new " + file));
    }

    private void refused(String text, String message, String secret) throws IOException {
        Files.writeString(file, text);
        String said = assertThrows(ConfigException.class, () -> NetworkKeyFile.read(file))
                .getMessage();
        assertTrue(said.contains(message), said);
        assertFalse(said.contains(secret), said);
    }
}
