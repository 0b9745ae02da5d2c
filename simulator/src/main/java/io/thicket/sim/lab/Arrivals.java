package io.thicket.sim.lab;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlFormatException;
import io.thicket.gateway.bridge.Publication;
import io.thicket.routing.PayloadType;
import io.thicket.sim.kernel.Simulation;
import java.nio.ByteBuffer;
import java.util.List;

/** Finds in what arrives, in whatever form it comes, the packets of the ledger. */
final class Arrivals {
    private final Simulation simulation;
    private final Ledger ledger;
    private final RunTrace trace;
    private final Outside outside;
    private final List<Integer> gateways;
    private final boolean inBatches;

    /** {@code inBatches}: whether routers deliver readings as the batches of an outbox. */
    Arrivals(
            Simulation simulation,
            Ledger ledger,
            RunTrace trace,
            Outside outside,
            List<Integer> gateways,
            boolean inBatches) {
        this.simulation = simulation;
        this.ledger = ledger;
        this.trace = trace;
        this.outside = outside;
        this.gateways = gateways;
        this.inBatches = inBatches;
    }

    /** The router of {@code at} delivered a message. */
    void delivered(int at, PayloadType type, int hops, ByteBuffer payload) {
        boolean atGateway = gateways.contains(at);
        if (type == PayloadType.READINGS && inBatches) {
            if (atGateway) {
                deliveredBatch(hops, payload);
            }
        } else if (type != PayloadType.IDENT && payload.remaining() >= PlainOrigin.HEADER_BYTES) {
            ByteBuffer header = payload.duplicate();
            arrived(header.getInt(), header.getLong(), hops);
        }
    }

    private void deliveredBatch(int hops, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        try {
            ReadingBatch batch = ReadingBatchCodec.decode(bytes);
            for (ReadingBatch.Reading reading : batch.readings()) {
                int source = outside.nodeOf(batch.name());
                arrived(source, ledger.numberOf(source, batch.epoch(), reading.seq()), hops);
            }
        } catch (SenmlFormatException e) {
            arrived(-1, 0, hops); // an insider's rubbish
        }
    }

    /** A subscriber got a publication: its {@code id} is node/epoch/seq. */
    void published(Publication publication) {
        String id = publication.properties().getOrDefault("id", "");
        int epoch = id.indexOf('/') + 1;
        int seq = id.indexOf('/', epoch) + 1;
        if (epoch > 0 && seq > epoch && id.indexOf('/', seq) < 0) {
            published(
                    id.substring(0, epoch - 1),
                    Long.parseLong(id, epoch, seq - 1, 10),
                    Long.parseLong(id, seq, id.length(), 10),
                    Integer.parseInt(publication.properties().get("hops")),
                    publication.payload());
        }
    }

    /** A subscriber got a reading with that number in a boot of the node {@code name}. */
    void published(String name, long epoch, long seq, int hops, String payload) {
        int source = outside.nodeOf(name);
        if (source < 0 && outside.isReal()) {
            ledger.deliveredForeign();
            trace.foreign(name, hops);
            return;
        }
        long number = ledger.numberOf(source, epoch, seq);
        trace.published(source, number, payload);
        arrived(source, number, hops);
    }

    private void arrived(int source, long number, int hops) {
        ledger.delivered(simulation.nowUs(), source, number, hops);
        trace.arrived(source, number, hops);
    }
}
