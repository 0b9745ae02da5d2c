package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandingDriver;
import io.thicket.drivers.framing.FrameDecoder;
import io.thicket.drivers.spec.CommandSpec;
import io.thicket.drivers.spec.DeviceSpec;
import io.thicket.drivers.spec.Durations;
import io.thicket.drivers.spec.PollSpec;
import io.thicket.drivers.spec.SpecDecoder;
import io.thicket.drivers.spec.SpecException;
import io.thicket.drivers.spec.SpecReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A device that a specification file describes. A built-in one is read when it is first opened. */
public final class SpecDriver implements CommandingDriver {
    static final DriverDescriptor.Option INTERVAL = new DriverDescriptor.Option(
            "interval",
            "time from one question to the next, e.g. \"30s\" or \"5min\"; what the device can do if absent");

    private static final DriverDescriptor.Option DEMAND = new DriverDescriptor.Option(
            "interval",
            "time from one question to the next, e.g. \"30s\"; if absent it is not asked, because it talks by itself");

    static final long MAX_INTERVAL_MS = 24 * 3_600_000L;

    private final DriverDescriptor descriptor;
    private final Supplier<DeviceSpec> source;
    private @Nullable DeviceSpec spec;

    /** @param source reads the specification when it is needed */
    SpecDriver(DriverDescriptor descriptor, Supplier<DeviceSpec> source) {
        this.descriptor = descriptor;
        this.source = source;
    }

    /** The drivers of one specification file, one for each model in it. */
    public static List<SpecDriver> read(String toml) throws SpecException {
        DeviceSpec spec = SpecReader.read(toml);
        List<SpecDriver> drivers = new ArrayList<>();
        for (DeviceSpec.Model model : spec.models()) {
            drivers.add(new SpecDriver(describe(spec, model), () -> spec));
        }
        return drivers;
    }

    static DriverDescriptor describe(DeviceSpec spec, DeviceSpec.Model model) {
        return new DriverDescriptor(model.id(), model.title(), spec.line(), options(Asks.of(spec.poll())));
    }

    /** Whether a device is asked. */
    enum Asks {
        NEVER,
        ALWAYS,
        ON_DEMAND;

        static Asks of(@Nullable PollSpec poll) {
            return poll == null ? NEVER : poll.onDemand() ? ON_DEMAND : ALWAYS;
        }
    }

    static List<DriverDescriptor.Option> options(Asks asks) {
        return switch (asks) {
            case NEVER -> List.of(Options.VALUES);
            case ALWAYS -> List.of(Options.VALUES, INTERVAL);
            case ON_DEMAND -> List.of(Options.VALUES, DEMAND);
        };
    }

    /** What its file says. */
    public DeviceSpec spec() {
        DeviceSpec known = spec;
        if (known == null) {
            known = source.get();
            spec = known;
        }
        return known;
    }

    /** Which of the file's models it is. */
    public DeviceSpec.Model model() {
        for (DeviceSpec.Model model : spec().models()) {
            if (model.id().equals(descriptor.id())) {
                return model;
            }
        }
        throw new AssertionError("no model " + descriptor.id());
    }

    @Override
    public DriverDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(descriptor, given);
        SpecDecoder decoder = new SpecDecoder(spec(), model());
        return session(options, decoder, decoder);
    }

    @Override
    public DeviceSession openForCommands(Map<String, String> given) {
        if (spec().commands().isEmpty()) {
            return open(given);
        }
        Options options = new Options(descriptor, given);
        SpecDecoder decoder = new SpecDecoder(spec(), model());
        CommandingSession commanding = new CommandingSession(spec().commands(), spec().frame()::toLine);
        return commanding.around(session(options, decoder, commanding.overhearing(decoder)));
    }

    @Override
    public List<CommandInfo> commands(Map<String, String> options) {
        return spec().commands().stream().map(CommandSpec::info).toList();
    }

    private DeviceSession session(Options options, SpecDecoder decoder, FrameDecoder heard) {
        DeviceSpec its = spec();
        Set<String> wanted = options.names("values", its.names());
        FrameSession session = new FrameSession(its.frame().newFramer(), heard, wanted);
        PollSpec poll = its.poll();
        return poll == null || poll.onDemand() && !options.has("interval")
                ? session
                : new AskingSession(session, decoder::answers, decoder::takeRestart, poll, intervalMs(options, poll));
    }

    private static long intervalMs(Options options, PollSpec poll) {
        String text = options.text("interval", Durations.text(poll.intervalMs()));
        long intervalMs = Durations.parse(text);
        if (intervalMs < poll.intervalMs() || intervalMs > MAX_INTERVAL_MS) {
            throw Options.refuse("option interval: '" + text + "' is not " + Durations.text(poll.intervalMs()) + " to "
                    + Durations.text(MAX_INTERVAL_MS));
        }
        return intervalMs;
    }
}
