package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir
    Path directory;

    private Path file(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static String read(Path file) throws SecretFile.UnfitException {
        return new String(SecretFile.read(file), StandardCharsets.UTF_8);
    }

    private static String refusal(Path file) {
        SecretFile.UnfitException refused = assertThrows(SecretFile.UnfitException.class, () -> SecretFile.read(file));
        return refused.getMessage() + " | " + refused.cure();
    }

    @Test
    void the_secret_is_the_first_line_without_what_editors_put_around_it() throws Exception {
        assertEquals("secret", read(file("secret")));
        assertEquals("a b", read(file(" a b \t\r\nof the cellar\n")));
        assertEquals("gr\u00fcn", read(file("\uFEFFgr\u00fcn\r\n")), "with the mark of Windows");
    }

    @Test
    void bytes_that_are_no_text_are_taken_as_they_are() throws Exception {
        Path file = file("");
        Files.write(file, new byte[] {(byte) 0xFC, 0, (byte) 0xFF, '\n'});

        assertEquals(3, SecretFile.read(file).length);
    }

    @Test
    void a_file_that_is_not_fit_is_refused_with_what_to_do() throws Exception {
        Path file = directory.resolve("secret");
        assertEquals(file + " does not exist | ", refusal(file));
        assertEquals("the first line of " + file + " is empty | write the secret there", refusal(file("\uFEFF \r\nx")));
        assertEquals(file + " has more than 4096 bytes | ", refusal(file("x".repeat(4097))));
        Files.setPosixFilePermissions(file("x"), PosixFilePermissions.fromString("rw----r--"));
        assertEquals("others than its owner can read or write " + file + " | run chmod 600 " + file, refusal(file));
        assertEquals(directory + " is a directory | name the file", refusal(directory));
    }
}
