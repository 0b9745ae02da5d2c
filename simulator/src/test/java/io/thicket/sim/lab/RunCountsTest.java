package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.DropReason;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.WifiCounters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCountsTest {
    private final RunCounts counts = new RunCounts(3, new WifiCounters());

    @Test
    void what_was_seen_before_the_end_of_the_warm_up_is_not_counted_but_for_alarms() {
        counts.sent(0, FrameClass.DATA, 100);
        counts.sent(0, FrameClass.HELLO, 50);
        counts.dropped(DropReason.NO_ROUTE);
        counts.routeChanged();
        counts.alarmed();
        assertFalse(counts.isCounting());

        counts.start(5_000_000);
        counts.sent(1, FrameClass.DATA, 70);

        assertTrue(counts.isCounting());
        assertEquals(1, counts.tally().all());
        assertEquals(70, counts.tally().allBytes());
        assertEquals(Map.of(), counts.drops());
        assertEquals(0, counts.routeChanges());
        assertEquals(1, counts.alarms());
        assertEquals(1.5, counts.seconds(6_500_000));
    }

    @Test
    void who_sends_most_control_frames_is_looked_for_among_the_honest() {
        Insiders insiders = new Insiders(List.of(new Insider(0, Insider.Kind.FLOODER)), new Seeds(1));
        for (int i = 0; i < 5; i++) {
            counts.sent(0, FrameClass.RREQ, 40);
            counts.sent(2, FrameClass.DATA, 40);
        }
        counts.sent(1, FrameClass.RREQ, 40);
        counts.sent(1, FrameClass.HELLO, 40);

        assertEquals(2, counts.mostControl(insiders));
    }
}
