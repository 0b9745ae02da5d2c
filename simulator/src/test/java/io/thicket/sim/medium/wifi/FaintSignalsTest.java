package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.scenario.ns3.Places;
import org.junit.jupiter.api.Test;

/** What a sender does to a frame that nobody who reads it senses. Station 0 sends to all, 1 reads, 2 and 3 are hidden from both. */
final class FaintSignalsTest {
    private static final int BYTES = 128;
    private static final int FRAMES = 600;
    private static final long EACH_US = 10_000;
    private static final double NOISE = 1;
    private static final double SENSE = 3;

    /** 5 dB over the noise: alone it arrives. */
    private static final double POWER = StrictMath.pow(10, 0.5);

    private final double[] faint = new double[4];
    private final Reception reception = Reception.DQPSK;
    private final Simulation simulation = new Simulation();
    private final WifiMedium medium = new WifiMedium(
            simulation,
            new Seeds(7),
            new Radio("matrix", false, SENSE, SENSE, NOISE, reception, Phy.DSSS),
            Places.grid(4, 100));
    private int heard;

    FaintSignalsTest() {
        medium.setPropagation(new Propagation() {
            @Override
            public double power(int from, int to, double squaredM) {
                return from == 0 && to == 1 ? POWER : 0;
            }

            @Override
            public double faintPower(int from, int to, double squaredM) {
                return to == 1 ? faint[from] : 0;
            }

            @Override
            public double faintReachM() {
                return 1_000;
            }
        });
        medium.listen(1, new WifiListener() {
            @Override
            public void onReceived(WifiFrame frame) {
                heard++;
            }

            @Override
            public void onGivenUp(WifiFrame frame) {}
        });
    }

    /** Whoever finds the air idle begins at once: all that begin at one time overlap from end to end. */
    private double share(int... others) {
        heard = 0;
        long nowUs = simulation.nowUs();
        for (int i = 0; i < FRAMES; i++) {
            long atUs = nowUs + i * EACH_US;
            send(0, atUs);
            for (int other : others) {
                send(other, atUs);
            }
        }
        simulation.runUntil(nowUs + FRAMES * EACH_US);
        return (double) heard / FRAMES;
    }

    private void send(int from, long atUs) {
        simulation.schedule(from, atUs, () -> medium.send(new WifiFrame(from, WifiFrame.EVERYONE, BYTES, "")));
    }

    private double expected(double sum) {
        double bits = (Phy.DSSS.airtime().us(BYTES) + Dcf.PROPAGATION_US) * Phy.DSSS.bitsPerUs();
        return StrictMath.exp(bits * (reception.lnPerBit(POWER, NOISE + sum) - reception.lnPerBit(POWER, NOISE)));
    }

    @Test
    void alone_or_beside_what_is_too_far_away_the_frame_arrives() {
        assertEquals(1, share());
        assertEquals(1, share(2, 3));
    }

    @Test
    void a_signal_that_is_not_sensed_counts_as_noise() {
        faint[2] = 2.4;

        assertEquals(0.6, expected(2.4), 0.15, "neither all nor nothing");
        assertEquals(expected(2.4), share(2), 0.06);
    }

    @Test
    void two_of_them_count_together() {
        faint[2] = 1.4;
        faint[3] = 1;

        assertEquals(expected(1.4), share(2), 0.03);
        assertEquals(expected(2.4), share(2, 3), 0.06);
    }
}
