package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.gateway.bridge.Publication;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.sim.kernel.Simulation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Node 0 is the gateway; node 1 made two packets, of which the second is reading 7 of its boot 3. */
class ArrivalsTest {
    /** Nodes of other names are real ones. */
    private static final class Abroad implements Outside {
        @Override
        public boolean isReal() {
            return true;
        }
    }

    private final Simulation simulation = new Simulation();
    private final Ledger ledger = new Ledger(2, LabOrigin::nodeOf);
    private final RunTrace trace =
            new RunTrace(simulation, ledger, new NodeId[] {new NodeId(10), new NodeId(11)}, () -> true);
    private final List<String> told = new ArrayList<>();

    ArrivalsTest() {
        ledger.created(1, 0, 0, 1, List.of());
        ledger.numbered(1, 3, 7, ledger.created(1, 0, 0, 1, List.of()));
        trace.observe(new LabObserver() {
            @Override
            public void arrived(long nowUs, int source, long number, int hops) {
                told.add(source + ":" + number + " over " + hops);
            }

            @Override
            public void foreign(long nowUs, String name, int hops) {
                told.add(name + " over " + hops);
            }
        });
    }

    private Arrivals arrivals(boolean inBatches) {
        return new Arrivals(simulation, ledger, trace, new Abroad(), List.of(0), inBatches);
    }

    private static Publication publication(String id) {
        return new Publication("t", "21.5", 1, false, 0, "", Map.of("id", id, "hops", "2"));
    }

    private static ByteBuffer batch() {
        SenmlPack pack = new SenmlPack("", 1_750_000_000.0, OutboxOrigin.records("n1", 60));
        return ByteBuffer.wrap(
                ReadingBatchCodec.encode(new ReadingBatch("n1", 3, List.of(new ReadingBatch.Reading(7, "t", pack)))));
    }

    @Test
    void a_publication_is_the_packet_that_the_boot_of_its_node_numbered_so() {
        arrivals(true).published(publication("n1/3/7"));

        assertTrue(ledger.packet(1, 2).isDelivered());
        assertFalse(ledger.packet(1, 1).isDelivered());
        assertEquals(2, ledger.packet(1, 2).hops());
        assertEquals(List.of("1:2 over 2"), told);
    }

    @Test
    void what_has_no_id_of_a_reading_is_no_arrival() {
        Arrivals arrivals = arrivals(true);

        List.of("", "n1", "n1/3", "n1/3/7/1").forEach(id -> arrivals.published(publication(id)));

        assertEquals(0, ledger.unknown());
        assertEquals(List.of(), told);
    }

    @Test
    void a_reading_of_another_boot_is_one_that_nobody_sent() {
        arrivals(true).published(publication("n1/4/7"));

        assertEquals(1, ledger.unknown());
        assertEquals(List.of(), told);
    }

    @Test
    void a_reading_of_a_node_outside_is_counted_apart() {
        arrivals(true).published(publication("barn/3/7"));

        assertEquals(1, ledger.foreign());
        assertEquals(0, ledger.unknown());
        assertEquals(List.of("barn over 2"), told);
    }

    @Test
    void a_batch_counts_at_a_gateway_only() {
        Arrivals arrivals = arrivals(true);

        arrivals.delivered(1, PayloadType.READINGS, 1, batch());
        assertEquals(List.of(), told);

        arrivals.delivered(0, PayloadType.READINGS, 1, batch());
        assertEquals(List.of("1:2 over 1"), told);
    }

    @Test
    void rubbish_in_the_place_of_a_batch_is_what_nobody_sent() {
        arrivals(true).delivered(0, PayloadType.READINGS, 1, ByteBuffer.allocate(64));

        assertEquals(1, ledger.unknown());
    }

    @Test
    void a_packet_without_an_outbox_names_itself() {
        ByteBuffer packet = ByteBuffer.allocate(40).putInt(1).putLong(1).rewind();

        arrivals(false).delivered(0, PayloadType.READINGS, 4, packet);

        assertEquals(List.of("1:1 over 4"), told);
        assertEquals(40, packet.remaining());
    }
}
