package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.scenario.ns3.Places;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PropagationTest {
    private final Simulation simulation = new Simulation();
    private final WifiMedium medium =
            new WifiMedium(simulation, new Seeds(1), Radio.RANGE, Places.grid(4, 100)); // all in reach of each other
    private final List<Integer> heard = new ArrayList<>();
    private double[][] power = {{0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}};
    private double loss;

    PropagationTest() {
        medium.setPropagation(new Propagation() {
            @Override
            public double power(int from, int to, double squaredM) {
                return power[from][to];
            }

            @Override
            public double loss(int from, int to) {
                return loss;
            }
        });
        for (int i = 0; i < 4; i++) {
            int station = i;
            medium.listen(i, new WifiListener() {
                @Override
                public void onReceived(WifiFrame frame) {
                    heard.add(station);
                }

                @Override
                public void onGivenUp(WifiFrame frame) {}
            });
        }
    }

    private List<Integer> broadcast(int from) {
        heard.clear();
        medium.send(new WifiFrame(from, WifiFrame.EVERYONE, 100, ""));
        simulation.runUntil(simulation.nowUs() + 1_000_000);
        return List.copyOf(heard);
    }

    @Test
    void who_hears_whom_is_asked_for_each_direction() {
        assertEquals(List.of(1), broadcast(0));
        assertEquals(List.of(2), broadcast(1));
        assertEquals(List.of(), broadcast(3));
    }

    @Test
    void a_change_is_seen_once_it_is_told() {
        assertEquals(List.of(1), broadcast(0));

        power[0][3] = 1;
        assertEquals(List.of(1), broadcast(0));
        medium.propagationChanged();

        assertEquals(List.of(1, 3), broadcast(0));
    }

    @Test
    void the_loss_of_a_link_and_that_of_the_channel_add_up() {
        loss = 0.5;
        medium.setLoss(0.5);
        int arrived = 0;
        for (int i = 0; i < 400; i++) {
            arrived += broadcast(0).size();
        }
        int found = arrived;

        assertTrue(found > 70 && found < 130, () -> found + " of 400 where 100 are expected");
    }

    @Test
    void a_frame_on_the_air_is_lost_as_its_link_is_when_it_ends() {
        assertEquals(List.of(1), broadcast(0));

        simulation.schedule(Simulation.NOBODY, simulation.nowUs() + 100, () -> {
            loss = 1;
            medium.propagationChanged();
        });

        assertEquals(List.of(), broadcast(0));
    }

    @Test
    void a_station_that_was_off_hears_and_sends_again() {
        medium.switchOff(1);
        medium.send(new WifiFrame(1, WifiFrame.EVERYONE, 100, "lost"));
        assertEquals(List.of(), broadcast(0));
        assertTrue(medium.isOff(1));

        medium.switchOn(1);

        assertFalse(medium.isOff(1));
        assertEquals(0, medium.queued(1));
        assertEquals(List.of(1), broadcast(0));
        assertEquals(List.of(2), broadcast(1));
    }
}
