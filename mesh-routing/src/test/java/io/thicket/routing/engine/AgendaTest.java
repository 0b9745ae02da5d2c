package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.Agenda.Part;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda();

    @Test
    void at_first_nobody_wants_anything() {
        assertEquals(MeshRouter.NEVER, agenda.callAtMs());
        assertEquals(MeshRouter.NEVER, agenda.sweepAtMs());
        for (Part part : Part.values()) {
            assertFalse(agenda.isDue(part, Long.MAX_VALUE / 2));
            assertFalse(agenda.isDue(part, -5)); // a clock may begin anywhere
        }
    }

    @Test
    void each_part_is_either_called_or_swept_at_its_time() {
        for (Part part : Part.values()) {
            agenda.set(part, 70);
            assertEquals(70, Math.min(agenda.callAtMs(), agenda.sweepAtMs()), part::name);
            assertEquals(MeshRouter.NEVER, Math.max(agenda.callAtMs(), agenda.sweepAtMs()), part::name);
            agenda.set(part, MeshRouter.NEVER);
        }
    }

    @Test
    void the_first_of_all_is_the_time_of_the_call() {
        agenda.set(Part.IDENT, 90);
        agenda.set(Part.SEARCHES, 80);
        agenda.set(Part.SCORES, 10);
        assertEquals(80, agenda.callAtMs());
        assertEquals(10, agenda.sweepAtMs());

        agenda.set(Part.SEARCHES, 100);
        assertEquals(90, agenda.callAtMs());
    }

    @Test
    void what_is_wanted_at_the_latest_never_becomes_later() {
        agenda.atLatest(Part.FLOODS, 50);
        agenda.atLatest(Part.FLOODS, 60);
        assertEquals(50, agenda.of(Part.FLOODS));
        agenda.atLatest(Part.FLOODS, 40);
        assertEquals(40, agenda.of(Part.FLOODS));
        agenda.set(Part.FLOODS, 60);
        assertEquals(60, agenda.of(Part.FLOODS));
    }

    @Test
    void it_is_due_from_its_millisecond_on() {
        agenda.set(Part.TRACES, 50);
        assertFalse(agenda.isDue(Part.TRACES, 49));
        assertTrue(agenda.isDue(Part.TRACES, 50));
        assertTrue(agenda.isDue(Part.TRACES, 51));
        assertFalse(agenda.isDue(Part.ERRORS, 51));
    }

    @Test
    void the_first_is_the_least_of_all_whatever_was_said_before() {
        Random random = new Random(3);
        Part[] parts = Part.values();
        long[] model = new long[parts.length];
        Arrays.fill(model, MeshRouter.NEVER);
        for (int step = 0; step < 10_000; step++) {
            int part = random.nextInt(parts.length);
            long atMs = random.nextInt(4) == 0 ? MeshRouter.NEVER : random.nextInt(20) - 10;
            if (random.nextBoolean()) {
                agenda.set(parts[part], atMs);
                model[part] = atMs;
            } else {
                agenda.atLatest(parts[part], atMs);
                model[part] = Math.min(model[part], atMs);
            }
            int swept = Part.SCORES.ordinal();
            assertEquals(Arrays.stream(model, 0, swept).min().orElseThrow(), agenda.callAtMs(), "step " + step);
            assertEquals(
                    Arrays.stream(model, swept, model.length).min().orElseThrow(), agenda.sweepAtMs(), "step " + step);
        }
    }
}
