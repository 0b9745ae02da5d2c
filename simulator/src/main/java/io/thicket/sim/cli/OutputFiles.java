package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Finds out before a long run, not after it, that what comes of it cannot be written. */
final class OutputFiles {
    private OutputFiles() {}

    /** Tries each file; what is there stays as it is, and nothing is left behind. */
    static void tryAll(List<Path> files) throws Failure {
        for (Path file : files) {
            boolean existed = Files.exists(file);
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
}
