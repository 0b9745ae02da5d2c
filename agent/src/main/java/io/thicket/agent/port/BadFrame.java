package io.thicket.agent.port;

import java.util.List;

/**
 * The newest frame of a sensor that was refused.
 *
 * @param atMs when, in the node's monotonic ms
 * @param lines the last bytes of its line until then: {@code +seconds.micros RX|TX hex}, as recordings have them
 */
public record BadFrame(long atMs, List<String> lines) {
    public BadFrame {
        lines = List.copyOf(lines);
    }
}
