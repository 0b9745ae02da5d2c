package io.thicket.drivers.bus;

/** One request and how its answer is recognised. */
public interface Exchange {
    /** The bytes to send. */
    byte[] request();

    /** The usual length of the answer, for its deadline; 0 if none comes (a broadcast). */
    int answerBytes();

    /**
     * Called after every byte: whether the last bytes of {@code window[from..to)} are the answer. What lies before it is
     * noise. Returns the answer's length, 0 if it is not there. Never throws, whatever the bytes are.
     */
    int answerAt(byte[] window, int from, int to);
}
