package io.thicket.routing.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.routing.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionSetTest {
    private static final SealCipher.SealKey NO_KEY = new SealCipher.SealKey() {};

    private final SessionSet sessions = new SessionSet(5);

    /** Four nodes have the same prefix, and four boots each. */
    private static Session session(int number) {
        return new Session(new NodeId((long) (number >> 4) << 32 | number >> 2 & 3), number & 3, 1, NO_KEY);
    }

    @Test
    void agrees_with_a_map() {
        Random random = new Random(7);
        Map<Long, Session> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            Session some = session(random.nextInt(1 << 1 + step / 3_000));
            long name = (long) some.prefix << 32 | some.bootTag;
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    sessions.put(some);
                    model.put(name, some);
                }
                case 2 -> {
                    sessions.remove(some.prefix, some.bootTag);
                    model.remove(name);
                }
                default -> {
                    Set<Session> gone = new HashSet<>();
                    sessions.removeAll(some.node, gone::add);
                    Set<Session> wanted = new HashSet<>(model.values());
                    wanted.removeIf(session -> !session.node.equals(some.node));
                    assertEquals(wanted, gone, "step " + step);
                    model.values().removeAll(gone);
                }
            }
            assertEquals(model.size(), sessions.size(), "step " + step);
            assertSame(model.get(name), sessions.find(some.prefix, some.bootTag), "step " + step);
        }
        model.values().forEach(session -> assertSame(session, sessions.find(session.prefix, session.bootTag)));
    }

    @Test
    void one_that_was_used_lately_does_not_give_way() {
        for (int i = 0; i < 100; i++) {
            sessions.put(session(16 * i));
        }
        Session first = sessions.giveWay(); // all were new: passed over once each
        assertNull(sessions.find(first.prefix, first.bootTag));
        Session kept = session(16 * 300);
        sessions.put(kept);
        for (int i = 0; i < 99; i++) {
            Session gone = sessions.giveWay();
            assertFalse(gone == kept, "after " + i);
        }
        assertSame(kept, sessions.giveWay());
        assertEquals(0, sessions.size());
    }
}
