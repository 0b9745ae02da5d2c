package io.thicket.routing.engine;

import io.thicket.routing.Identity;
import io.thicket.routing.security.ChaChaSealCipher;
import java.util.Set;
import java.util.SplittableRandom;

/** What parts of a router have in common, for tests of such parts alone. */
final class TestCore {
    private TestCore() {}

    /** Of a relay that has no links yet. */
    static Core relay() {
        RouterConfig config = new RouterConfig(
                TestKeys.signer(1),
                TestKeys.VERIFIER,
                "node-1",
                Set.of(Identity.Role.RELAY),
                1,
                7,
                new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY),
                new SplittableRandom(1));
        return new Core(config, RuleSwitches.ALL_ON);
    }
}
