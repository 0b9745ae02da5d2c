package io.thicket.gateway.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file with a password in its first line, readable by its owner only. */
final class PasswordFile {
    private static final long MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PasswordFile() {}

    /** The password in UTF-8. */
    static byte[] read(Path file) throws ConnectFailure {
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new ConnectFailure(
                        "password_file " + file + " can be read by others, so it is not used: run chmod 600 " + file,
                        true);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new ConnectFailure("password_file " + file + " is larger than " + MAX_BYTES + " bytes", true);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            return (end < 0 ? text : text.substring(0, end)).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConnectFailure("password_file " + file + " cannot be read: " + e.getMessage(), true);
        }
    }
}
