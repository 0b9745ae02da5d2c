package io.thicket.drivers.bus;

/**
 * How a unit of a bus is.
 *
 * @param address its address
 * @param state what is known of it
 * @param problem one sentence with the cure, empty if there is none
 * @param requests asked so far
 * @param answers answers that passed their check, exceptions included
 * @param silent requests to which nothing came
 * @param garbled requests to which only damaged bytes came
 * @param answerMs time from the end of the last answered request to the begin of its answer, -1 if there was none
 */
public record UnitHealth(
        int address,
        State state,
        String problem,
        long requests,
        long answers,
        long silent,
        long garbled,
        long answerMs) {
    /** What is known of a unit. */
    public enum State {
        /** Not asked yet. */
        UNKNOWN,
        /** It answers. */
        READY,
        /** Its last request failed, or the few before it did, too. */
        FAILING,
        /** It is left alone and only probed from time to time (its breaker is open). */
        SILENT
    }

    /** Before it was asked. */
    public static UnitHealth unknown(int address) {
        return new UnitHealth(address, State.UNKNOWN, "", 0, 0, 0, 0, -1);
    }
}
