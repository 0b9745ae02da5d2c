package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;

/**
 * The hash of everything up to a moment of a run, so that of two runs that differ one knows when they began to.
 *
 * @param atUs of the run
 * @param events that had happened
 * @param hash SHA-256 in hexadecimal
 */
public record TraceMark(long atUs, long events, String hash) {
    /** How many a whole run has. */
    public static final int COUNT = 16;

    /** As much of a hash as tells two runs apart. */
    private static final int SHOWN = 16;

    void write(JsonWriter json) {
        json.beginObject().name("seconds").value(atUs / 1e6);
        json.name("events").value(events);
        json.name("hash").value(hash.substring(0, SHOWN)).endObject();
    }
}
