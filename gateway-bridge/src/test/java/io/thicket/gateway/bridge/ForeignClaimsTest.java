package io.thicket.gateway.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.thicket.routing.NodeId;
import java.lang.reflect.Field;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForeignClaimsTest {
    private final ForeignClaims claims = new ForeignClaims();

    private static HeldReading.Key reading(long seq) {
        return new HeldReading.Key(new NodeId(17), 1, seq);
    }

    private void claim(int from, int to, long heardMs) {
        for (int seq = from; seq < to; seq++) {
            claims.put(reading(seq), "gw2", heardMs);
        }
    }

    @Test
    void a_claim_is_known_until_its_reading_is_published() {
        claims.put(reading(1), "gw2", 1_000);
        assertEquals(new ForeignClaims.Claim("gw2", 1_000), claims.get(reading(1)));

        claims.remove(reading(1));

        assertNull(claims.get(reading(1)));
    }

    @Test
    void old_ones_are_forgotten_and_younger_ones_stay() {
        claim(0, 1_000, 1_000);
        claim(1_000, 1_010, 2_000);

        claims.forgetUntil(1_000);

        assertEquals(10, claims.size());
        assertNull(claims.get(reading(999)));
        assertNotNull(claims.get(reading(1_000)));
    }

    @Test
    void one_that_was_claimed_again_is_as_young_as_the_newer_claim() {
        claim(0, 2, 1_000);
        claims.put(reading(0), "gw3", 2_000);

        claims.forgetUntil(1_999);

        assertEquals(new ForeignClaims.Claim("gw3", 2_000), claims.get(reading(0)));
        assertEquals(1, claims.size());
    }

    @Test
    void of_too_many_the_oldest_gives_way() {
        claim(0, ForeignClaims.MAX + 1, 1_000);

        assertEquals(ForeignClaims.MAX, claims.size());
        assertNull(claims.get(reading(0)));
        assertNotNull(claims.get(reading(ForeignClaims.MAX)));
    }

    @Test
    void one_that_is_claimed_again_needs_no_more_room() {
        claim(0, ForeignClaims.MAX, 1_000);

        claims.put(reading(1), "gw3", 2_000);

        assertEquals(ForeignClaims.MAX, claims.size());
        assertNotNull(claims.get(reading(0)));
    }

    @Test
    void what_thousands_needed_is_given_back_when_few_are_left() throws ReflectiveOperationException {
        claim(0, 5_000, 1_000);
        claim(5_000, 5_010, 2_000);
        claim(5_010, 5_015, 3_000);
        Object large = map();

        claims.forgetUntil(1_000);

        assertNotSame(large, map());
        assertEquals(15, claims.size());
        assertEquals(new ForeignClaims.Claim("gw2", 2_000), claims.get(reading(5_009)));
        claims.forgetUntil(2_000);
        assertEquals(5, claims.size(), "they are still in order");
        assertNotNull(claims.get(reading(5_010)));
    }

    @Test
    void what_thousands_needed_is_given_back_when_their_readings_were_published() throws ReflectiveOperationException {
        claim(0, 5_000, 1_000);
        Object large = map();
        for (int seq = 0; seq < 5_000; seq++) {
            claims.remove(reading(seq));
        }
        claims.put(reading(5_000), "gw2", 2_000);

        claims.forgetUntil(0);

        assertNotSame(large, map());
        assertEquals(1, claims.size());
    }

    @Test
    void nothing_is_copied_until_seven_of_eight_are_gone() throws ReflectiveOperationException {
        claim(0, 874, 1_000);
        claim(874, 875, 1_500);
        claim(875, 1_000, 2_000);
        Object large = map();

        claims.forgetUntil(1_000);
        assertSame(large, map(), "126 of 1000 are left");

        claims.forgetUntil(1_500);
        assertNotSame(large, map(), "125 are");
    }

    @Test
    void what_was_copied_counts_as_large_no_more() throws ReflectiveOperationException {
        claim(0, 1_000, 1_000);
        claim(1_000, 1_100, 2_000);
        claims.forgetUntil(1_000);
        Object smaller = map();

        claims.forgetUntil(1_000);

        assertSame(smaller, map());
    }

    @Test
    void a_small_map_is_kept() throws ReflectiveOperationException {
        claim(0, 64, 1_000);
        Object small = map();

        claims.forgetUntil(1_000);

        assertSame(small, map());
    }

    /** How much memory it takes shows nowhere else: a map never gets smaller. */
    private Object map() throws ReflectiveOperationException {
        Field field = ForeignClaims.class.getDeclaredField("claims");
        field.setAccessible(true);
        return field.get(claims);
    }

    /** Whoever writes claims chooses the readings, and the hash of one is no secret. */
    @Test
    void readings_of_one_hash_keep_nobody_busy() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int round = 0; round < 5; round++) {
                for (int i = 1; i <= ForeignClaims.MAX; i++) {
                    NodeId node = new NodeId((long) i << 32 | i); // the halves of its number cancel out
                    claims.put(new HeldReading.Key(node, 1, 1), "gw2", round);
                }
            }
        });

        assertEquals(ForeignClaims.MAX, claims.size());
    }
}
