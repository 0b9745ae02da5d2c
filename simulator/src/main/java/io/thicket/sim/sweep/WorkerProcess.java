package io.thicket.sim.sweep;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs in a process of their own: one that crashes, eats its memory or does not end is one failed run, and the next job gets a
 * new process.
 */
public final class WorkerProcess implements Worker {
    /** Of what a dying process says, the end. */
    private static final int LAST_WORDS = 2_000;

    private static final long EXIT_MS = 5_000;

    /** With what SIGINT and SIGTERM end a JVM. */
    private static final Set<Integer> SIGNALS = Set.of(130, 143);

    private static final long SIGNAL_MS = 2_000;
    private static final long NOT_LATE = -1;

    /**
     * How workers are started.
     *
     * @param command program and arguments
     * @param classPath for the environment, where it may be as long as it is
     */
    public record Launch(List<String> command, String classPath) {
        public Launch {
            command = List.copyOf(command);
        }

        /** The same JVM with the same flags as this one, but at most so much heap. */
        public static Launch likeThis(String mainClass, List<String> arguments, long heapBytes) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
                // A debugger or an agent that listens is there once.
                if (!flag.startsWith("-Xmx") && !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")) {
                    command.add(flag);
                }
            }
            command.add("-Xmx" + Math.max(1, heapBytes >> 20) + "m");
            command.add("-XX:+ExitOnOutOfMemoryError");
            command.add(mainClass);
            command.addAll(arguments);
            return new Launch(command, System.getProperty("java.class.path"));
        }
    }

    private static final class LastWords extends Thread {
        private final BufferedReader from;
        private final StringBuilder text = new StringBuilder();

        LastWords(Process process) {
            super("worker's errors");
            from = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                char[] some = new char[1_024];
                for (int n = from.read(some); n >= 0; n = from.read(some)) {
                    synchronized (text) {
                        text.append(some, 0, n);
                        text.delete(0, Math.max(0, text.length() - LAST_WORDS));
                    }
                }
            } catch (IOException e) {
                // The process is gone.
            }
        }

        String text() {
            synchronized (text) {
                return text.toString().strip();
            }
        }
    }

    private record Running(Process process, BufferedWriter to, BufferedReader from, LastWords lastWords) {}

    private final Launch launch;
    private final LongSupplier timeoutMs;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "worker's watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Running running;
    private volatile boolean closed;

    /** {@code timeoutMs} is how long one run may take. */
    public WorkerProcess(Launch launch, long timeoutMs) {
        this(launch, () -> timeoutMs);
    }

    /** The same, asked for each run. */
    WorkerProcess(Launch launch, LongSupplier timeoutMs) {
        this.launch = launch;
        this.timeoutMs = timeoutMs;
    }

    @Override
    public RunOutcome run(RunJob job) {
        Running its;
        try {
            if (closed) {
                throw new IOException("the worker is closed");
            }
            its = running();
        } catch (IOException e) {
            return RunOutcome.failed("no process could be started: " + e.getMessage());
        }
        AtomicBoolean late = new AtomicBoolean();
        long limitMs = timeoutMs.getAsLong();
        ScheduledFuture<?> limit;
        try {
            limit = watch.schedule(() -> end(its, late), limitMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            its.process().destroyForcibly();
            return RunOutcome.failed("the worker is closed");
        }
        String problem;
        try {
            its.to().write(job.line());
            its.to().newLine();
            its.to().flush();
            String answer = its.from().readLine();
            if (answer != null) {
                return RunOutcome.parse(answer);
            }
            problem = "";
        } catch (IOException e) {
            problem = e.getMessage() + "; ";
        } catch (SweepException e) {
            problem = "the process answered nonsense: " + e.getMessage() + "; ";
        } finally {
            limit.cancel(false);
        }
        return RunOutcome.failed(problem + obituary(its, late.get() ? limitMs : NOT_LATE));
    }

    private static void end(Running its, AtomicBoolean late) {
        late.set(true);
        its.process().destroyForcibly();
    }

    /** {@code lateMs}: the limit that it exceeded, or {@link #NOT_LATE}. */
    private String obituary(Running its, long lateMs) {
        running = null;
        boolean ended = false;
        try {
            ended = its.process().waitFor(EXIT_MS, TimeUnit.MILLISECONDS);
            if (ended && SIGNALS.contains(its.process().exitValue())) {
                // Ctrl-C goes to every process of a terminal. This one may hear of it a little later, and then no run
                // failed.
                Thread.sleep(SIGNAL_MS);
            }
            its.lastWords().join(EXIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        its.process().destroyForcibly();
        if (lateMs != NOT_LATE) {
            return "it took longer than " + Json.text(lateMs / 1_000.0) + " s and was ended";
        }
        String words = its.lastWords().text();
        return "its process ended"
                + (ended ? " with code " + its.process().exitValue() : "")
                + (words.isEmpty() ? "" : ": " + words);
    }

    private Running running() throws IOException {
        Running its = running;
        if (its == null) {
            ProcessBuilder builder = new ProcessBuilder(launch.command());
            builder.environment().put("CLASSPATH", launch.classPath());
            builder.directory(new File("").getAbsoluteFile());
            Process process = builder.start();
            its = new Running(
                    process,
                    new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)),
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
                    new LastWords(process));
            its.lastWords().start();
            running = its;
        }
        return its;
    }

    /** Ends the process. */
    @Override
    public void close() {
        closed = true;
        watch.shutdownNow();
        Running its = running;
        if (its != null) {
            // It ends by itself when its input does, and is not asked twice.
            its.process().destroyForcibly();
            running = null;
        }
    }
}
