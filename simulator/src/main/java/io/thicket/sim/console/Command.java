package io.thicket.sim.console;

import io.thicket.sim.run.RefusedException;

/**
 * A line that was understood.
 *
 * @param text the same in full, which is understood as the same again: nodes by their names, words in small letters
 */
record Command(Word word, String text, Action action) {
    /** Does it. */
    interface Action {
        void on(Commands commands) throws RefusedException;
    }
}
