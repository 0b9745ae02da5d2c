package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Files that come of a run: that one cannot be written is found out before it, not after it. */
final class OutputFiles {
    private OutputFiles() {}

    /** Tries each file, none of which may be named twice; what is there stays as it is, links too, and nothing is left behind. */
    static void tryAll(List<Path> files) throws Failure {
        Set<Path> taken = new HashSet<>();
        for (Path file : files) {
            boolean existed = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            boolean special = existed && Files.exists(file) && !Files.isRegularFile(file);
            if (!special && !taken.add(file.toAbsolutePath().normalize())) {
                throw new Failure(ExitCode.USAGE, file + " cannot be two outputs at once");
            }
            try {
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                        .close();
                if (!existed) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                String what = Files.isDirectory(file) ? "it is a directory" : String.valueOf(e.getMessage());
                throw new Failure(ExitCode.CANNOT_CREATE, file + " cannot be written: " + what);
            }
        }
    }

    /** Writes a file; that it cannot be is a {@link Failure}. */
    static void write(Path file, String text) throws Failure {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, file + " cannot be written: " + e.getMessage());
        }
    }
}
