package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a long run end on Ctrl-C or SIGTERM as it would at its end, summary and all, and the process with that exit code: a signal does
 * not make the run a failure.
 */
final class CleanStop implements AutoCloseable {
    private static final long PATIENCE_S = 30;

    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread hook;

    /** @param stop asks the run to end soon; called on another thread */
    CleanStop(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        Runtime.getRuntime().halt(code.get(PATIENCE_S, TimeUnit.SECONDS));
                    } catch (TimeoutException e) {
                        System.err.println(
                                "the run did not end within " + PATIENCE_S + " s: what it writes is not whole");
                        Runtime.getRuntime().halt(ExitCode.FAILED.number());
                    } catch (InterruptedException | ExecutionException e) {
                        // It ended with a failure, which was said: the signal's own exit code it is.
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Everything is written, and this is the exit code. */
    int ended(int exitCode) {
        code.complete(exitCode);
        return exitCode;
    }

    @Override
    public void close() {
        code.completeExceptionally(new IllegalStateException("it ended without an exit code"));
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already, and ends the process.
        }
    }
}
