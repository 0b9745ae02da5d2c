package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three queues that hand their empty lanes to each other, each beside a list of what it should hold. */
class CustodyWalkTest {
    private static final int STEPS = 5_000;
    private static final NodeId ORIGIN = new NodeId(5);

    /** What a queue holds, in the simplest way. */
    private static final class Model {
        /** In the order of their turns. */
        final List<NodeId> targets = new ArrayList<>();

        final List<Held> waiting = new ArrayList<>();
        final List<Held> polled = new ArrayList<>();

        int held(NodeId target) {
            return (int) waiting.stream()
                            .filter(one -> one.target.equals(target))
                            .count()
                    + (int) polled.stream()
                            .filter(one -> one.target.equals(target))
                            .count();
        }

        void hold(Held message) {
            if (!targets.contains(message.target)) {
                targets.add(message.target);
            }
            waiting.add(message);
        }

        void release(Held message) {
            if (held(message.target) == 0) {
                targets.remove(message.target);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} targets")
    @CsvSource({"1, 3", "2, 3", "3, 12", "4, 12", "5, 40"})
    void each_holds_what_it_was_given(long seed, int targets) {
        SplittableRandom random = new SplittableRandom(seed);
        Spares spares = new Spares();
        List<CustodyQueue> queues = List.of(queue(seed, spares), queue(seed + 1, spares), queue(seed + 2, spares));
        List<Model> models = List.of(new Model(), new Model(), new Model());
        List<NodeId> turns = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int which = random.nextInt(3);
            NodeId target = new NodeId(100 + random.nextInt(targets));
            act(random, queues.get(which), models.get(which), target, step);
            for (int i = 0; i < 3; i++) {
                queues.get(i).targets(turns);
                assertEquals(models.get(i).targets, turns, "step " + step);
                assertEquals(models.get(i).held(target), queues.get(i).held(target), "step " + step);
            }
        }
    }

    private static void act(SplittableRandom random, CustodyQueue queue, Model model, NodeId target, int step) {
        List<Held> polled = model.polled;
        Held any = polled.isEmpty() ? null : polled.get(random.nextInt(polled.size()));
        int what = random.nextInt(10);
        if (what < 4) {
            if (queue.hasRoom(target, false)) {
                Held message = Held.of(Peer.message(ORIGIN, 1, step, target, null), target, null, step, step + 60_000);
                queue.add(message);
                model.hold(message);
            }
        } else if (what < 6) {
            Held first = model.waiting.stream()
                    .filter(one -> one.target.equals(target))
                    .findFirst()
                    .orElse(null);
            assertSame(first, queue.poll(target));
            if (first != null) {
                model.waiting.remove(first);
                polled.add(first);
            }
        } else if (what == 6) {
            queue.served(target);
            if (model.targets.remove(target)) {
                model.targets.add(target);
            }
        } else if (any != null) {
            polled.remove(any);
            if (what == 7) {
                queue.putBack(any);
                model.waiting.add(0, any);
            } else if (what == 8) {
                model.release(any);
                queue.retarget(any, target);
                model.hold(any);
            } else {
                queue.release(any);
                model.release(any);
            }
        }
    }

    private static CustodyQueue queue(long seed, Spares spares) {
        CustodyQueue queue = new CustodyQueue(seed, spares);
        queue.setBounds(4, 30);
        return queue;
    }
}
