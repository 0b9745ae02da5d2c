package io.thicket.sim.node;

import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.SettleStatus;
import io.thicket.sim.check.ReadingLedger;
import io.thicket.sim.check.ReadingLedger.Published;
import io.thicket.sim.check.ReadingLedger.ReadingId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's way to a simulated broker: it publishes each reading that the broker does not have yet, waits for the
 * broker's answer, then settles. The broker can be away, and its answers can be lost after it took the readings, which
 * is when origins must repeat and repeats must not become duplicates.
 */
public final class SimUplink implements Uplink {
    /** Batches that may wait for the broker's answer. */
    public static final int MAX_IN_FLIGHT = 256;

    private final ReadingLedger ledger;
    private final Broker broker;
    private final RandomGenerator random;
    private @Nullable Host host;
    private int inFlight;

    /**
     * An uplink to {@code broker}, which the gateway's next boot uses again.
     *
     * @param random decides which answers are lost
     */
    public SimUplink(ReadingLedger ledger, Broker broker, RandomGenerator random) {
        this.ledger = ledger;
        this.broker = broker;
        this.random = random;
    }

    @Override
    public void start(Host newHost) {
        host = newHost;
        broker.attached = this;
    }

    @Override
    public void accept(Arrival arrival) {
        Host node = host;
        if (node == null || !broker.up || inFlight >= MAX_IN_FLIGHT) {
            return;
        }
        if (arrival.outdated() && isAnyPublished(arrival)) {
            return;
        }
        inFlight++;
        node.timers().at(node.timers().nowMs() + broker.answerMs, () -> answered(node, arrival));
    }

    @Override
    public void nodeKnown(Identity identity, String label) {}

    @Override
    public GatewayState state() {
        return new GatewayState(broker.up, inFlight < MAX_IN_FLIGHT, inFlight * 100 / MAX_IN_FLIGHT, inFlight);
    }

    @Override
    public String statusLine() {
        return broker.up ? "connected sim" : "the simulated broker is away";
    }

    @Override
    public void close() {
        host = null;
    }

    private void answered(Host node, Arrival arrival) {
        inFlight--;
        if (host == null || !broker.up) {
            return;
        }
        for (ReadingBatch.Reading reading : arrival.batch().readings()) {
            ReadingId id = new ReadingId(arrival.origin(), arrival.batch().epoch(), reading.seq());
            if (broker.forgetful) {
                continue;
            }
            if (!broker.deduplicate || !ledger.isPublished(id)) {
                ledger.published(new Published(
                        id, broker.numbering.indexOf(id), serialOf(reading), arrival.hops(), broker.clock.nowMs()));
            }
        }
        if (random.nextDouble() >= broker.answerLoss) {
            node.settle(arrival.message(), SettleStatus.BROKER_ACKED);
        }
    }

    private boolean isAnyPublished(Arrival arrival) {
        return arrival.batch().readings().stream()
                .anyMatch(reading -> ledger.isPublished(
                        new ReadingId(arrival.origin(), arrival.batch().epoch(), reading.seq())));
    }

    private static long serialOf(ReadingBatch.Reading reading) {
        for (SenmlRecord record : reading.pack().records()) {
            if (record.name().endsWith(SimSensor.SERIAL) && record.value() instanceof SenmlValue.Numeric number) {
                return Math.round(number.value());
            }
        }
        return -1;
    }

    /** A broker: it outlives the gateways that talk to it. */
    public static final class Broker {
        private final Numbering numbering;
        private final Clock clock;
        private final long answerMs;
        private boolean up = true;
        private double answerLoss;
        private boolean deduplicate = true;
        private boolean forgetful;
        private @Nullable SimUplink attached;

        /**
         * A broker that is up and answers.
         *
         * @param answerMs from publication to answer
         */
        public Broker(Numbering numbering, Clock clock, long answerMs) {
            this.numbering = numbering;
            this.clock = clock;
            this.answerMs = answerMs;
        }

        /** Starts or stops the broker and tells the gateway. */
        public void setUp(boolean newUp) {
            up = newUp;
            SimUplink uplink = attached;
            if (uplink != null && uplink.host != null) {
                uplink.host.stateChanged();
            }
        }

        /** This share of the answers never comes. */
        public void setAnswerLoss(double probability) {
            answerLoss = probability;
        }

        /** Lets gateways publish what the broker has already; only tests of the tests want that. */
        public void setDeduplicate(boolean newDeduplicate) {
            deduplicate = newDeduplicate;
        }

        /** Answers without keeping anything; only tests of the tests want that. */
        public void setForgetful(boolean newForgetful) {
            forgetful = newForgetful;
        }
    }

    /** Finds a node's number. */
    @FunctionalInterface
    public interface Numbering {
        int indexOf(ReadingId id);
    }

    /** Simulation time. */
    @FunctionalInterface
    public interface Clock {
        long nowMs();
    }
}
