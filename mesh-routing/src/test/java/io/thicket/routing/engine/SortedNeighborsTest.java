package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The sorted arrays beside the library's tree. */
class SortedNeighborsTest {
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    private record Key(NodeId id, int link) {}

    @Test
    void sessions_are_found_and_walked_as_in_a_tree() {
        SplittableRandom random = new SplittableRandom(3);
        List<Interface> links = List.of(link(random, 0), link(random, 1), link(random, 2));
        SortedNeighbors sorted = new SortedNeighbors();
        TreeMap<Key, Neighbor> model =
                new TreeMap<>(Comparator.comparing(Key::id).thenComparingInt(Key::link));
        for (int i = 0; i < 20_000; i++) {
            // Some of them are negative as signed numbers.
            NodeId id = new NodeId(random.nextInt(1, 40) * 0x9e37_79b9_7f4a_7c15L);
            int link = random.nextInt(3);
            Key key = new Key(id, link);
            assertSame(model.get(key), sorted.find(id, link));
            if (random.nextInt(3) == 0) {
                model.remove(key);
                sorted.remove(id, link);
            } else if (!model.containsKey(key)) {
                Neighbor neighbor = new Neighbor(0, id, 1, links.get(link), LinkAddress.ALL);
                model.put(key, neighbor);
                sorted.insert(neighbor);
            }
            assertEquals(new ArrayList<>(model.values()), sorted);
            List<Neighbor> its =
                    new ArrayList<>(model.subMap(new Key(id, 0), new Key(id, 3)).values());
            assertEquals(its, sorted.of(id));
        }
    }

    private static Interface link(SplittableRandom random, int number) {
        LinkInfo info = new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true);
        return new Interface(new LinkId(number), info, WIFI, new Trickle(WIFI, random, 0), 0);
    }
}
