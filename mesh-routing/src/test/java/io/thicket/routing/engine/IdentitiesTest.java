package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.wire.Ident;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private final Core core = TestCore.relay();
    private final Bench bench = new Bench();
    private final Identities identities = new Identities(core, new GatewayTrust(core, Set.of()));

    @Test
    void what_was_verified_counts_until_the_rate_allows_as_many_again_however_often_it_is_swept() {
        core.begin(1_000, bench);
        int verified = 0;
        while (verified < 1_000 && learns(2 + verified)) {
            verified++;
        }
        assertEquals(50, verified);

        identities.sweep();
        assertFalse(learns(500));
        core.begin(1_500, bench); // ten more
        identities.sweep();
        for (int i = 0; i < 10; i++) {
            assertTrue(learns(600 + i), "number " + i);
        }
        assertFalse(learns(700));
    }

    private boolean learns(int number) {
        Ident ident = IdentSigning.sign(TestKeys.signer(number), "node-" + number, Set.of(), 1);
        return identities.onIdent(ident, ident.id());
    }
}
