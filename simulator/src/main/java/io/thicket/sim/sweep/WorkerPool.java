package io.thicket.sim.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Has several workers do jobs until there are no more. */
public final class WorkerPool {
    /** Most workers. */
    public static final int MAX_WORKERS = 256;

    private final Jobs jobs;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Exception> problem = new AtomicReference<>();
    private volatile boolean ending;
    private volatile boolean signalled;

    private WorkerPool(int count, Supplier<Worker> maker, Jobs jobs) {
        this.jobs = jobs;
        for (int i = 0; i < count; i++) {
            Worker worker = maker.get();
            workers.add(worker);
            threads.add(new Thread(() -> work(worker), "worker " + i));
        }
    }

    /**
     * Returns when all is done, or when a signal ends this program: false then. The first {@link IOException} of {@code jobs} ends the others
     * and is thrown; so does an interrupt of this thread.
     */
    public static boolean run(int workers, Supplier<Worker> maker, Jobs jobs) throws IOException, InterruptedException {
        return new WorkerPool(workers, maker, jobs).run();
    }

    private boolean run() throws IOException, InterruptedException {
        // A process that this one started must not outlive it.
        Thread hook = new Thread(
                () -> {
                    signalled = true;
                    end();
                },
                "end of workers");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            end();
            removeHook(hook);
        }
        Exception its = problem.get();
        if (its instanceof IOException io) {
            throw io;
        }
        if (its instanceof RuntimeException fault) {
            throw fault;
        }
        return !signalled;
    }

    private void end() {
        ending = true;
        threads.forEach(Thread::interrupt);
        workers.forEach(Worker::close);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook is at work.
        }
    }

    private void work(Worker worker) {
        try {
            for (Optional<RunJob> job = jobs.next(); job.isPresent(); job = jobs.next()) {
                RunOutcome outcome = worker.run(job.get());
                if (ending) {
                    return; // the run was cut off by us, which says nothing about it
                }
                jobs.done(job.get(), outcome);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            problem.compareAndSet(null, e);
            end();
        }
    }
}
