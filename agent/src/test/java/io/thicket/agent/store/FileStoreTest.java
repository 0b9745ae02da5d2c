package io.thicket.agent.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Store;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
    @TempDir
    private Path parent;

    private FileStore opened;

    @Override
    protected Store store() throws IOException {
        opened = FileStore.open(directory());
        return opened;
    }

    @AfterEach
    void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void files_and_directory_belong_to_their_owner_only() throws IOException {
        store().write("identity.key", new byte[32]);

        assertEquals("rwx------", mode(directory()));
        assertEquals("rw-------", mode(directory().resolve("identity.key")));
    }

    @Test
    void nothing_else_is_left_behind_and_leftovers_do_not_matter() throws IOException {
        Store store = store();
        Files.writeString(directory().resolve("epoch~"), "half of a nu");
        store.write("epoch", new byte[] {1});

        try (Stream<Path> files = Files.list(directory())) {
            assertEquals(
                    List.of(".lock", "epoch"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void values_outlive_the_store() throws IOException {
        store().write("epoch", new byte[] {7});
        opened.close();

        assertArrayEquals(new byte[] {7}, store().read("epoch").orElseThrow());
    }

    @Test
    void a_second_process_does_not_get_the_directory() throws IOException {
        store();

        String said = assertThrows(IOException.class, () -> FileStore.open(directory()))
                .getMessage();

        assertEquals("another thicket is running with the data directory " + directory(), said);
    }

    @Test
    void a_file_in_place_of_the_directory_is_named() throws IOException {
        Files.writeString(directory(), "");

        String said = assertThrows(IOException.class, () -> FileStore.open(directory()))
                .getMessage();
        String saidBelow = assertThrows(
                        IOException.class, () -> FileStore.open(directory().resolve("x")))
                .getMessage();

        assertEquals(directory() + " is not a directory: set data_dir in [node]", said);
        assertTrue(saidBelow.endsWith(" is not a directory: set data_dir in [node]"), saidBelow);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /proc, where nobody can make a directory")
    void a_directory_that_cannot_be_made_did_not_vanish() {
        String said = assertThrows(IOException.class, () -> FileStore.open(Path.of("/proc/thicket/data")))
                .getMessage();

        assertEquals("/proc/thicket/data cannot be made: set data_dir in [node]", said);
    }

    @Test
    void a_directory_that_vanished_is_named() throws IOException {
        Store store = store();
        Files.delete(directory().resolve(".lock"));
        Files.delete(directory());

        String said = assertThrows(IOException.class, () -> store.write("epoch", new byte[1]))
                .getMessage();

        assertEquals(directory() + " has vanished: is the disk still mounted?", said);
    }

    @Test
    void a_value_that_is_too_large_is_damage() throws IOException {
        Store store = store();
        Files.write(directory().resolve("epoch"), new byte[64 * 1024 + 1]);

        String said = assertThrows(IOException.class, () -> store.read("epoch")).getMessage();

        assertTrue(said.contains("it is damaged"), said);
    }

    @Test
    void each_trouble_of_a_disk_has_its_sentence() {
        Path path = Path.of("/data");

        assertEquals(
                "the disk of /data is full: free some space",
                FileStore.sentence(path, new IOException("No space left on device")));
        assertEquals(
                "the disk of /data is read-only: mount it for writing, or set data_dir in [node]",
                FileStore.sentence(path, new FileSystemException("/data", null, "Read-only file system")));
        assertEquals(
                "this user may not read and write /data: give it to the user, or set data_dir in [node]",
                FileStore.sentence(path, new AccessDeniedException("/data")));
        assertEquals(
                "/data cannot be used: Input/output error",
                FileStore.sentence(path, new IOException("Input/output error")));
    }

    private Path directory() {
        return parent.resolve("data");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
