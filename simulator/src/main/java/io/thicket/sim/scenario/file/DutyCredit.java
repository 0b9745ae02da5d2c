package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.agent.config.Units;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Warns of LoRa runs that end before anybody's duty is spent. It is one of a rolling hour, and all begin with the whole of it, so that a run of minutes may send what no
 * hour can. A whole first hour has no more than any other.
 */
final class DutyCredit {
    private static final long HOUR_MS = 3_600_000;

    private static final int MAX_FRAME_BYTES = 255;

    private DutyCredit() {}

    /** Warns in {@code [radio]} if a node that passed on every message once, as one before a gateway does, would send for more than its duty. */
    static RadioPlan check(SectionReader reader, RadioPlan radio, List<TrafficPlan> traffic, long durationMs) {
        reader.acceptUnknownKeys();
        PhyPlan phy = radio.phy();
        double duty = phy.lora().dutyPerMille() / 1e3;
        if (phy.kind() != PhyPlan.Kind.LORA || duty >= 1 || durationMs >= HOUR_MS) {
            return radio;
        }
        double airtimeUs = traffic.stream()
                .flatMap(its -> its.packets().stream())
                .mapToDouble(packet -> phy.lora().airtimeUs(Math.min(MAX_FRAME_BYTES, packet.bytes())))
                .sum();
        double share = airtimeUs / (1e3 * durationMs);
        if (share > duty) {
            reader.warning(
                    reader.has("duty") ? "duty" : "phy",
                    String.format(
                            Locale.ROOT,
                            "the messages take %.1f %% of the time on the air, and a node may send for %.1f %% of an hour, of which"
                                    + " nothing is used up at the start: a run of %s may deliver what a longer one cannot",
                            100 * share,
                            100 * duty,
                            Units.text(Duration.ofMillis(durationMs))),
                    "write [scenario] duration = \"3h\" and warm_up = \"1h\"");
        }
        return radio;
    }
}
