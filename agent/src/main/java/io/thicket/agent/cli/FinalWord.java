package io.thicket.agent.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/** What a command says at its end, also if that comes by Ctrl-C or a signal. It is said once. */
final class FinalWord implements AutoCloseable {
    private final Runnable word;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread atStop = new Thread(this::say, "final word");

    private FinalWord(Runnable word) {
        this.word = word;
    }

    /** {@code word} runs on another thread if the process is stopped before {@link #say} or {@link #close}. */
    static FinalWord of(Runnable word) {
        FinalWord made = new FinalWord(word);
        Runtime.getRuntime().addShutdownHook(made.atStop);
        return made;
    }

    void say() {
        if (over.compareAndSet(false, true)) {
            word.run();
        }
    }

    /** Whatever was not said is not said any more, unless the process is being stopped. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atStop);
            over.set(true);
        } catch (IllegalStateException e) {
            // The process ends, and the word is being said.
        }
    }
}
