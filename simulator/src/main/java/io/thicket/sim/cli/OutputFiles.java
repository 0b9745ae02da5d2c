package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Files that come of a run: that one cannot be written is found out before it, not after it. */
final class OutputFiles {
    private OutputFiles() {}

    /**
     * Tries each file, none of which may be named twice or be one of {@code inputs}; what is there stays as it is, links too, and nothing is
     * left behind.
     */
    static void tryAll(List<Path> files, List<Path> inputs) throws Failure {
        Set<Path> taken = new HashSet<>();
        for (Path file : files) {
            refuseWhatIsNoFile(file);
            keep(inputs, file);
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
                throw unwritable(file, e);
            }
        }
    }

    private static void refuseWhatIsNoFile(Path file) throws Failure {
        if (file.toString().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "an output has an empty name");
        }
        if (file.toString().equals("-")) {
            throw new Failure(ExitCode.USAGE, "only --json can be -, standard output; a file of that name is ./-");
        }
    }

    private static void keep(List<Path> inputs, Path output) throws Failure {
        for (Path input : inputs) {
            try {
                if (Files.isRegularFile(input) && Files.exists(output) && Files.isSameFile(input, output)) {
                    throw isRead(output);
                }
            } catch (IOException e) {
                throw unwritable(output, e);
            }
        }
    }

    /** An output must not be this one. */
    static Failure isRead(Path file) {
        return new Failure(ExitCode.USAGE, file + " is read by this command, and would be written over; name another");
    }

    /** Says why, in words: Java's own message is often only the name of the file. */
    static Failure unwritable(Path file, IOException problem) {
        String why = Files.isDirectory(file) ? "it is a directory" : reason(problem, absent(file));
        return new Failure(ExitCode.CANNOT_CREATE, file + " cannot be written: " + why);
    }

    /** Why the system finds no such file where one was to be made; /proc, for one, says so of each new name. */
    private static String absent(Path file) {
        if (Files.isSymbolicLink(file)) {
            return "it is a link into a directory that does not exist";
        }
        Path directory = file.toAbsolutePath().getParent();
        return directory != null && Files.isDirectory(directory)
                ? "no file can be made in its directory"
                : "its directory does not exist";
    }

    /** Makes a directory if it is not there; that it cannot be is a {@link Failure}. */
    static void makeDirectory(Path directory) throws Failure {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            String why = Files.exists(directory) ? "it is a file" : reason(e, "the system refuses it");
            throw new Failure(ExitCode.CANNOT_CREATE, directory + " cannot be made a directory: " + why);
        }
    }

    private static String reason(IOException problem, String ifAbsent) {
        if (problem instanceof NoSuchFileException) {
            return ifAbsent;
        }
        if (problem instanceof AccessDeniedException) {
            return "there is no permission for it";
        }
        if (problem instanceof FileSystemException its && its.getReason() != null) {
            return its.getReason();
        }
        return String.valueOf(problem.getMessage());
    }

    /** Writes a file; that it cannot be is a {@link Failure}. */
    static void write(Path file, String text) throws Failure {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}
