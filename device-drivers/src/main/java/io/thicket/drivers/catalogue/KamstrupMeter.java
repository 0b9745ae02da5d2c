package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.LineParameters.Parity;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.meter.KmpDecoder;
import io.thicket.drivers.meter.KmpFrame;
import io.thicket.drivers.meter.KmpFramer;
import io.thicket.drivers.meter.KmpRegister;
import io.thicket.drivers.spec.Durations;
import io.thicket.drivers.spec.PollSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A heat, cooling or water meter of Kamstrup by its optical eye. Only what is wanted is asked: a question costs battery. */
final class KamstrupMeter implements DeviceDriver {
    /** At 1200 baud a byte takes 9 ms, so a second is a long pause. */
    private static final long SILENCE_MS = 1000;

    private static final long MIN_INTERVAL_MS = 10_000;
    private static final long TIMEOUT_MS = 3000;
    private static final long GAP_MS = 200;

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "kamstrup.kmp",
            "Kamstrup Multical heat, cooling and water meters (KMP, optical)",
            new LineParameters(1200, 8, Parity.NONE, 2, true, true),
            List.of(
                    new DriverDescriptor.Option(
                            "values",
                            "names of the values to ask for, separated by commas; "
                                    + String.join(", ", names(KmpRegister.usual())) + " if absent"),
                    new DriverDescriptor.Option(
                            "interval", "time from one question to the next, e.g. \"1h\"; 5min if absent")));

    private static List<String> names(List<KmpRegister> registers) {
        return registers.stream().map(KmpRegister::valueName).toList();
    }

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(DESCRIPTOR, given);
        List<KmpRegister> all = Arrays.asList(KmpRegister.values());
        Set<String> wanted = options.names("values", names(all));
        List<Integer> registers = (wanted.isEmpty() ? KmpRegister.usual() : all)
                .stream()
                        .filter(each -> wanted.isEmpty() || wanted.contains(each.valueName()))
                        .map(KmpRegister::number)
                        .toList();
        String text = options.text("interval", "5min");
        long intervalMs = Durations.parse(text);
        if (intervalMs < MIN_INTERVAL_MS || intervalMs > SpecDriver.MAX_INTERVAL_MS) {
            throw Options.refuse("option interval: '" + text + "' is not 10s to 24h");
        }
        PollSpec poll = new PollSpec(intervalMs, TIMEOUT_MS, GAP_MS, List.of(), questions(registers));
        KmpDecoder decoder = new KmpDecoder();
        FrameSession session = new FrameSession(new KmpFramer(SILENCE_MS), decoder, wanted);
        return new AskingSession(session, decoder::answers, () -> false, poll, intervalMs);
    }

    private static List<Bytes> questions(List<Integer> registers) {
        List<Bytes> questions = new ArrayList<>();
        for (int from = 0; from < registers.size(); from += KmpFrame.MAX_REGISTERS) {
            int to = Math.min(registers.size(), from + KmpFrame.MAX_REGISTERS);
            questions.add(Bytes.copyOf(KmpFrame.question(registers.subList(from, to))));
        }
        return questions;
    }
}
