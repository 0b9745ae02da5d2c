package io.thicket.agent.config;

import io.thicket.drivers.spec.ByteOrderMark;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A file with a secret in its first line, which only its owner may read: a password, or the key of a device. */
public final class SecretFile {
    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private SecretFile() {}

    /** The file is not fit to be used. */
    public static final class UnfitException extends Exception {
        private static final long serialVersionUID = 1;

        private final String cure;

        UnfitException(String message, String cure) {
            super(message);
            this.cure = cure;
        }

        /** What to do, empty if the message says it. */
        public String cure() {
            return cure;
        }

        /** In words, beginning with the file's name; never with anything of what is in it. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** The first line as it is, without a byte order mark and blanks around it; 1 to 4096 bytes. */
    public static byte[] read(Path file) throws UnfitException {
        try {
            if (Files.isDirectory(file)) {
                throw new UnfitException(file + " is a directory", "name the file");
            }
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new UnfitException("others than its owner can read or write " + file, "run chmod 600 " + file);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new UnfitException(file + " has more than " + MAX_BYTES + " bytes", "");
            }
            byte[] line = firstLine(ByteOrderMark.without(Files.readAllBytes(file)));
            if (line.length == 0) {
                throw new UnfitException("the first line of " + file + " is empty", "write the secret there");
            }
            return line;
        } catch (NoSuchFileException e) {
            throw new UnfitException(file + " does not exist", "");
        } catch (AccessDeniedException e) {
            throw new UnfitException(file + " cannot be read by this user", "");
        } catch (IOException e) {
            throw new UnfitException(file + " cannot be read: " + e.getMessage(), "");
        }
    }

    private static byte[] firstLine(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        int from = 0;
        while (from < end && isBlank(content[from])) {
            from++;
        }
        while (end > from && isBlank(content[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(content, from, end);
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }
}
