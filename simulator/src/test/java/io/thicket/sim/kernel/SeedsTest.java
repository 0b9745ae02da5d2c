package io.thicket.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void the_split_is_fixed_for_ever() {
        Seeds seeds = new Seeds(0x5eed);

        assertEquals(0x198cb4563e47d208L, seeds.seed("node", 0));
        assertEquals(0x222e20120b0adab6L, seeds.seed("medium", 399));
    }

    @Test
    void purposes_and_numbers_do_not_collide() {
        Set<Long> seen = new HashSet<>();
        for (String purpose : new String[] {"topology", "medium", "node", "sensor"}) {
            for (int i = 0; i < 1000; i++) {
                seen.add(new Seeds(1).seed(purpose, i));
            }
        }

        assertEquals(4000, seen.size());
    }

    @Test
    void the_same_purpose_gives_the_same_draws_and_another_root_others() {
        assertEquals(
                new Seeds(7).generator("node", 3).nextLong(),
                new Seeds(7).generator("node", 3).nextLong());
        assertNotEquals(
                new Seeds(7).generator("node", 3).nextLong(),
                new Seeds(8).generator("node", 3).nextLong());
        assertArrayEquals(new Seeds(7).bytes("identity", 1, 32), new Seeds(7).bytes("identity", 1, 32));
    }

    @Test
    void a_seed_is_written_and_read_in_hexadecimal_or_decimal() {
        assertEquals("0x5eed", Seeds.parse("0x5eed").toString());
        assertEquals(new Seeds(42), Seeds.parse("42"));
        assertEquals(new Seeds(-1), Seeds.parse("0xffffffffffffffff"));
        assertThrows(IllegalArgumentException.class, () -> Seeds.parse("seed"));
    }
}
