package io.thicket.drivers.serial.jssc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jssc.SerialNativeInterface;

/** Whether jSSC's native library can be loaded here. It is unpacked to {@code java.io.tmpdir} at every start. */
public final class NativeLibrary {
    private NativeLibrary() {}

    /** One sentence with the cure if the library cannot be loaded, empty if it can. Loads it at the first call. */
    public static Optional<String> problem() {
        try {
            String version = SerialNativeInterface.getNativeLibraryVersion();
            return version == null ? Optional.of(explain("it does not answer")) : Optional.empty();
        } catch (LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of(explain(String.valueOf(cause.getMessage())));
        }
    }

    private static String explain(String why) {
        String cure =
                "; unpack libjssc.so of this machine's kind from the jssc jar into a directory and start Java with"
                        + " -Djssc.boot.library.path=DIRECTORY";
        String head = "serial ports do not work: the native library of jSSC cannot be loaded, ";
        Path directory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        if (System.getProperty("jssc.boot.library.path") == null && isNoExec(directory)) {
            return head + "because " + directory + " is mounted noexec" + cure;
        }
        if (isMusl()) {
            return head + "because it needs glibc and this system has musl; use a distribution with glibc";
        }
        return head + "on " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + " (" + why + ")"
                + cure;
    }

    /** Whether the directory's file system refuses to run programs: the mount point that is its longest prefix decides. */
    private static boolean isNoExec(Path directory) {
        boolean noExec = false;
        int depth = -1;
        try {
            Path real = directory.toRealPath();
            List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts"));
            for (String mount : mounts) {
                String[] fields = mount.split(" ");
                if (fields.length > 3) {
                    Path point = Path.of(fields[1]);
                    if (real.startsWith(point) && point.getNameCount() >= depth) {
                        depth = point.getNameCount();
                        noExec = List.of(fields[3].split(",")).contains("noexec");
                    }
                }
            }
        } catch (IOException e) {
            return false;
        }
        return noExec;
    }

    private static boolean isMusl() {
        try (var files = Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
