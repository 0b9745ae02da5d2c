package io.thicket.sim.lab;

import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.medium.wifi.WifiFrame;
import io.thicket.sim.medium.wifi.WifiListener;
import java.util.random.RandomGenerator;

/** A node's driver that loses, duplicates, delays or corrupts what it hands up, as the world says. */
final class Mishaps implements WifiListener {
    /** Bits of a corrupt frame that are flipped, at most. */
    private static final int MAX_FLIPS = 8;

    /** A copy comes so much later at most. */
    private static final long MAX_COPY_DELAY_US = 50_000;

    private final Simulation simulation;
    private final Circumstances circumstances;
    private final int node;
    private final WifiListener above;
    private final RandomGenerator random;

    Mishaps(Simulation simulation, Circumstances circumstances, int node, WifiListener above, RandomGenerator random) {
        this.simulation = simulation;
        this.circumstances = circumstances;
        this.node = node;
        this.above = above;
        this.random = random;
    }

    @Override
    public void onReceived(WifiFrame frame) {
        Mishap mishap = circumstances.mishap(frame.from(), node, frame.bytes(), simulation.nowUs());
        if (mishap.equals(Mishap.NONE)) {
            above.onReceived(frame);
            return;
        }
        if (mishap.copies() == 0) {
            return;
        }
        WifiFrame its = mishap.corrupt() ? corrupt(frame) : frame;
        hand(its, mishap.delayUs());
        for (int copy = 1; copy < mishap.copies(); copy++) {
            hand(its, mishap.delayUs() + random.nextLong(MAX_COPY_DELAY_US));
        }
    }

    private void hand(WifiFrame frame, long delayUs) {
        if (delayUs > 0) {
            simulation.schedule(node, simulation.nowUs() + delayUs, () -> above.onReceived(frame));
        } else {
            above.onReceived(frame);
        }
    }

    @Override
    public void onGivenUp(WifiFrame frame) {
        above.onGivenUp(frame);
    }

    private WifiFrame corrupt(WifiFrame frame) {
        if (!(frame.payload() instanceof HopDatagram datagram)) {
            throw new AssertionError("a scenario corrupts frames of whole nodes only");
        }
        byte[] bytes = datagram.bytes().clone();
        int flips = 1 + random.nextInt(MAX_FLIPS);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new WifiFrame(
                frame.from(),
                frame.to(),
                frame.bytes(),
                new HopDatagram(bytes, datagram.frameClass(), datagram.carried()));
    }
}
