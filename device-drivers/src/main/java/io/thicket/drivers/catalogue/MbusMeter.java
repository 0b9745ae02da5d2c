package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.LineParameters.Parity;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.meter.MbusDecoder;
import io.thicket.drivers.meter.MbusFramer;
import io.thicket.drivers.meter.MbusKey;
import io.thicket.drivers.spec.PollSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One meter on a wired M-Bus, by its primary address. Each round sets the meter's frame count bit (SND_NKE) and asks for its
 * data (REQ_UD2), so that a lost answer costs one round.
 */
final class MbusMeter implements DeviceDriver {
    private static final long SILENCE_MS = 500;
    private static final long MIN_INTERVAL_MS = 1000;
    private static final long TIMEOUT_MS = 3000;
    private static final long GAP_MS = 100;

    /** Any meter: right when there is one. */
    private static final int ANY = 254;

    private static final String KEY = "key";

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "mbus.meter",
            "Heat, water, gas or electricity meter on a wired M-Bus",
            new LineParameters(2400, 8, Parity.EVEN, 1, true, true),
            List.of(
                    new DriverDescriptor.Option(
                            "address", "primary address, 0 to 250; the one meter there is if absent"),
                    Options.interval("1min"),
                    new DriverDescriptor.Option(
                            KEY, "32 hexadecimal digits, for meters that encrypt; in a configuration only by key_file"),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(DESCRIPTOR, given);
        String address = options.text("address", Integer.toString(ANY));
        if (!address.matches("[0-9]{1,3}") || Integer.parseInt(address) > 250 && Integer.parseInt(address) != ANY) {
            throw Options.refuse("option address: '" + address + "' is not 0 to 250");
        }
        long intervalMs = options.intervalMs("1min", MIN_INTERVAL_MS);
        int to = Integer.parseInt(address);
        PollSpec poll =
                new PollSpec(intervalMs, TIMEOUT_MS, GAP_MS, List.of(), List.of(request(0x40, to), request(0x7B, to)));
        MbusDecoder decoder = new MbusDecoder(key(options));
        FrameSession session =
                new FrameSession(new MbusFramer(SILENCE_MS), decoder, options.names("values", List.of()));
        return new AskingSession(session, decoder::frames, () -> false, poll, intervalMs);
    }

    private static @Nullable MbusKey key(Options options) {
        String hex = options.text(KEY, "");
        try {
            return hex.isEmpty() ? null : MbusKey.parse(hex);
        } catch (IllegalArgumentException e) {
            throw Options.refuse("option key: " + e.getMessage());
        }
    }

    private static Bytes request(int control, int address) {
        return Bytes.copyOf(new byte[] {0x10, (byte) control, (byte) address, (byte) (control + address), 0x16});
    }
}
