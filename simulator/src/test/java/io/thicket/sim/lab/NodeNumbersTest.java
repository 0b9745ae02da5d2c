package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.NodeId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeNumbersTest {
    @Test
    void each_id_has_its_number_and_all_others_none() {
        SplittableRandom random = new SplittableRandom(1);
        NodeId[] ids = random.longs(300).mapToObj(NodeId::new).toArray(NodeId[]::new);

        NodeNumbers numbers = new NodeNumbers(ids);

        for (int i = 0; i < ids.length; i++) {
            assertEquals(i, numbers.of(ids[i]));
            assertEquals(NodeNumbers.NONE, numbers.of(new NodeId(ids[i].value() + 1)));
        }
        assertEquals(NodeNumbers.NONE, new NodeNumbers(new NodeId[0]).of(ids[0]));
    }
}
