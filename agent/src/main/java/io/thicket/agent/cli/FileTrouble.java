package io.thicket.agent.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Why a file cannot be read or written, in words. */
final class FileTrouble {
    private FileTrouble() {}

    static String why(IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "no permission";
        }
        String text = problem.getMessage();
        if (problem instanceof FileSystemException known) {
            // Its message is the name of the file, which is said already.
            text = known.getReason();
        }
        if ("Is a directory".equals(text)) {
            return "it is a directory";
        }
        return text == null || text.isEmpty() ? problem.getClass().getSimpleName() : text;
    }
}
