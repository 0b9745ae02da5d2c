package io.thicket.sim.console;

import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.run.RefusedException;
import io.thicket.sim.run.RunControl;
import io.thicket.sim.run.Steering;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Steers a run by commands: those of a script at their times, those of somebody who types as they come. What acts does so at the next
 * whole ms, before anything else happens then, so that a record of it, done again, is the same run bit for bit.
 */
public final class ConsoleSession implements Steering {
    /** Errands that are under way at one time. */
    private static final int MAX_ERRANDS = 100;

    /** A pipe that has always one more must not keep a run from going on that is due. */
    private static final int LINES_AT_ONCE = 100;

    private enum Mode {
        /** Stands, and asks for the next command. */
        PAUSED,
        RUNNING,
        /** To a time. */
        UNTIL,
        /** So many events. */
        STEPPING,
        /** To the end of what a command began. */
        ERRAND
    }

    private final RunControl control;
    private final PrintWriter out;
    private final ArrayDeque<CommandScript.Timed> script;
    private final ArrayDeque<CommandScript.Timed> typed = new ArrayDeque<>();
    private final @Nullable InputLines input;
    private final Consumer<String> record;
    private final CommandParser parser;
    private final CommandDesk desk;
    private final Pace pace = new Pace();
    private final List<Errand> errands = new ArrayList<>();
    private final List<String> acted = new ArrayList<>();
    private Mode mode;
    private double factor;
    private long goalUs;
    private long eventsLeft;
    private @Nullable Errand awaited;
    private boolean untouched = true;
    private boolean stopped;
    private boolean interrupted;
    private int mistakes;

    /** Of a file or pipe, when the run had come to its end. */
    private int missed;

    /**
     * A run that is about to begin.
     *
     * @param out gets answers
     * @param input who types; null if there is only the script
     * @param factor simulated seconds a second, until {@code run} says something else
     * @param record takes each command that was done, as a line of a script
     */
    public ConsoleSession(
            RunControl control,
            PrintWriter out,
            CommandScript script,
            @Nullable InputLines input,
            double factor,
            Consumer<String> record) {
        this.control = control;
        this.out = out;
        this.script = new ArrayDeque<>(script.commands());
        this.input = input;
        this.factor = factor;
        this.record = record;
        this.parser = new CommandParser(new NodeFinder(control.names()));
        this.desk = new CommandDesk(control, new Steer(), this::say);
        this.mode = input == null ? Mode.RUNNING : Mode.PAUSED;
        pace.set(input == null ? Double.POSITIVE_INFINITY : factor, 0);
    }

    /** Commands that were refused, and lines of a pipe that were none. */
    public int mistakes() {
        return mistakes;
    }

    /** Whether each command of a file or pipe could be done; what a person types, or leaves out by an early end, is the person's business. */
    public boolean isAllDone() {
        return mistakes + missed == 0;
    }

    /** Whether somebody ended it with Ctrl-C. */
    public boolean wasInterrupted() {
        return interrupted && stopped;
    }

    /** The run is over: tells what was still under way. How many commands, of the script or typed, it did not come to. */
    public int finish() {
        lookAtErrands();
        errands.forEach(Errand::cut);
        errands.clear();
        int ofInput = typed.size();
        try {
            ofInput += input == null ? 0 : input.left();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean person = input != null && input.isPerson();
        missed = stopped ? 0 : script.size() + (person ? 0 : ofInput);
        return script.size() + ofInput;
    }

    @Override
    public List<String> acted() {
        return List.copyOf(acted);
    }

    @Override
    public boolean advance(Simulation simulation, long untilUs) {
        try {
            boolean there = false;
            while (!stopped && !there) {
                listen(untilUs);
                there = !stopped && go(simulation, untilUs);
                lookAtErrands();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !stopped;
    }

    /** Takes lines as long as there are some to be taken now. */
    private void listen(long untilUs) throws InterruptedException {
        InputLines from = input;
        int taken = 0;
        while (from != null && !stopped && typed.isEmpty()) {
            if (from.isInterrupted() && !interrupted) {
                interrupted = true;
                out.println(); // the prompt, or what the terminal shows of Ctrl-C, stands there
                understand(Word.STOP.text(), true);
            } else if (mode == Mode.PAUSED) {
                ask(from);
            } else if (mode == Mode.RUNNING) {
                long waitMs = pace.waitMs(untilUs);
                if (waitMs == 0 && taken >= LINES_AT_ONCE) {
                    return;
                }
                Optional<String> line = from.poll(waitMs);
                if (line.isEmpty()) {
                    return;
                }
                taken++;
                understand(line.get(), from.isPerson());
            } else {
                if (from.isPerson() && from.takePause()) {
                    awaited = null;
                    desk.pause();
                } else {
                    return;
                }
            }
        }
    }

    private void ask(InputLines from) throws InterruptedException {
        boolean typedAhead = from.isPerson() && from.isWaiting();
        if (from.isPerson()) {
            out.print(prompt());
            out.flush();
        }
        Optional<String> line = from.take();
        if (typedAhead) {
            out.println(LineWords.printable(line.orElse("").strip())); // the terminal showed it before the prompt
        }
        if (line.isEmpty() && from.isInterrupted()) {
            return;
        }
        if (line.isEmpty()) {
            say(from.isPerson() ? "" : prompt() + "(end of the input: on to the end of the run)");
            mode = Mode.RUNNING;
            pace.set(factor, control.nowUs());
            return;
        }
        understand(line.get(), from.isPerson());
    }

    private String prompt() {
        return seconds(control.nowUs()) + "s> ";
    }

    private void understand(String line, boolean person) {
        if (!person) {
            say(prompt() + LineWords.printable(line.strip()));
        }
        try {
            Optional<Command> command = parser.parse(line);
            if (command.isEmpty()) {
                return;
            }
            switch (command.get().word().kind()) {
                case STEERS -> mistakes += carryOut(command.get(), () -> {}) || person ? 0 : 1;
                case ASKS -> {
                    long atMs = nextMs();
                    mistakes += carryOut(command.get(), () -> note(atMs, command.get())) || person ? 0 : 1;
                }
                case ACTS -> typed.add(new CommandScript.Timed(nextMs(), command.get()));
            }
        } catch (CommandException e) {
            mistakes += person ? 0 : 1;
            say("column " + e.column() + ": " + e.text());
        }
    }

    /** The next whole ms at which nothing has happened yet. */
    private long nextMs() {
        long nowUs = control.nowUs();
        return untouched && nowUs % 1_000 == 0 ? nowUs / 1_000 : nowUs / 1_000 + 1;
    }

    /** Goes on to the next thing to do, or to the end of the slice; whether that was the end of the slice. */
    private boolean go(Simulation simulation, long untilUs) {
        if (mode == Mode.PAUSED && typed.isEmpty()) {
            return false;
        }
        boolean scripted = isScriptNext();
        CommandScript.Timed next = scripted ? script.peek() : typed.peek();
        long nextUs = next == null ? Long.MAX_VALUE : next.atMs() * 1_000;
        boolean byEvents = typed.isEmpty() && (mode == Mode.STEPPING || mode == Mode.ERRAND);
        long wantedUs =
                byEvents ? simulation.nextEventUs() : typed.isEmpty() && mode == Mode.UNTIL ? goalUs : Long.MAX_VALUE;
        if (Math.min(nextUs, wantedUs) > untilUs) {
            simulation.runUntil(untilUs);
            untouched = false;
            return true;
        }
        if (next != null && nextUs <= wantedUs) {
            moveTo(simulation, nextUs);
            perform(next, scripted);
        } else if (byEvents) {
            simulation.step();
            untouched = false;
            stepped();
        } else {
            moveTo(simulation, goalUs);
            mode = Mode.PAUSED;
        }
        return false;
    }

    private void moveTo(Simulation simulation, long atUs) {
        if (atUs > simulation.nowUs()) {
            simulation.runBefore(atUs);
            untouched = true;
        }
    }

    private void stepped() {
        Errand waiting = awaited;
        if (mode == Mode.STEPPING && --eventsLeft == 0) {
            mode = Mode.PAUSED;
        } else if (mode == Mode.ERRAND && waiting != null) {
            waiting.look();
            mode = waiting.isDone() ? Mode.PAUSED : mode;
        }
    }

    private boolean isScriptNext() {
        CommandScript.Timed mine = typed.peek();
        CommandScript.Timed its = script.peek();
        return mine == null || its != null && its.atMs() < mine.atMs();
    }

    private void perform(CommandScript.Timed timed, boolean scripted) {
        if (scripted) {
            script.remove();
            say(timed.text());
        } else {
            typed.remove();
        }
        Runnable done = () -> {
            note(timed.atMs(), timed.command());
            if (timed.command().word().kind() == Word.Kind.ACTS) {
                acted.add(timed.text());
            }
        };
        if (!carryOut(timed.command(), done) && (scripted || input != null && !input.isPerson())) {
            mistakes++;
        }
    }

    private void note(long atMs, Command command) {
        if (command.word() != Word.PAUSE) {
            record.accept(new CommandScript.Timed(atMs, command).text());
        }
    }

    /** Does it, and then {@code done}, also after what breaks the program: a record must have what broke it. False if it was refused. */
    private boolean carryOut(Command command, Runnable done) {
        boolean refused = false;
        try {
            command.action().on(desk);
        } catch (RefusedException e) {
            refused = true;
            say(String.valueOf(e.getMessage()));
        } finally {
            if (!refused) {
                done.run();
            }
        }
        return !refused;
    }

    private void lookAtErrands() {
        errands.forEach(Errand::look);
        errands.removeIf(Errand::isDone);
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }

    /** A time of the run in seconds, as exact as it is. */
    static String seconds(long us) {
        return String.format(Locale.ROOT, "%.6f", us / 1e6).replaceAll("\\.?0+$", "");
    }

    private final class Steer implements Helm {
        @Override
        public void pause() {
            mode = input == null ? mode : Mode.PAUSED;
        }

        @Override
        public void run(OptionalDouble newFactor) {
            mode = Mode.RUNNING;
            factor = newFactor.orElse(factor);
            pace.set(factor, control.nowUs());
        }

        @Override
        public void step(long events) {
            mode = Mode.STEPPING;
            eventsLeft = events;
        }

        @Override
        public void until(long ms) {
            mode = Mode.UNTIL;
            goalUs = ms * 1_000;
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void await(Errand errand) {
            if (errand.isDone()) {
                return;
            }
            if (errands.size() < MAX_ERRANDS) {
                errands.add(errand);
            }
            if (mode == Mode.PAUSED) {
                mode = Mode.ERRAND;
                awaited = errand;
            }
        }
    }
}
