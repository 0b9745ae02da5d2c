package io.thicket.agent.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    private static final byte[] FIRST = "LOG1".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    @Test
    void a_record_is_private_and_replaces_the_last_one() throws IOException {
        Path file = Files.writeString(directory.resolve("mesh.log"), "LOG1 of the last start");

        try (RecordFile record = RecordFile.create(file, FIRST)) {
            assertTrue(record.write(ByteBuffer.wrap("LOG1 new".getBytes(StandardCharsets.US_ASCII))));
        }

        assertEquals("LOG1 new", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void a_file_that_is_no_record_is_left_as_it_is() throws IOException {
        Path key = Files.writeString(directory.resolve("network.key"), "[network]");
        Path folder = Files.createDirectory(directory.resolve("data"));

        String problem = assertThrows(IOException.class, () -> RecordFile.create(key, FIRST))
                .getMessage();

        assertEquals(key + " is there already and is no recording; it is left as it is", problem);
        assertEquals("[network]", Files.readString(key));
        assertThrows(IOException.class, () -> RecordFile.create(folder, FIRST));
        assertTrue(Files.isDirectory(folder));
    }

    @Test
    void a_directory_that_is_not_there_is_a_sentence() {
        Path file = directory.resolve("none").resolve("mesh.log");

        String problem = assertThrows(IOException.class, () -> RecordFile.create(file, FIRST))
                .getMessage();

        assertEquals("cannot record into " + file + ": its directory does not exist", problem);
    }
}
