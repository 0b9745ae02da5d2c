package io.thicket.agent.port;

import java.io.IOException;
import java.util.Optional;

/** Small named values that survive a power cut. Names are {@code [a-z0-9._-]{1,64}}, values at most 64 KiB. */
public interface Store {
    /** The value, or empty if it was never written. */
    Optional<byte[]> read(String name) throws IOException;

    /** Replaces the value atomically and returns only when it is on the disk. The file's mode is 0600. */
    void write(String name, byte[] value) throws IOException;
}
