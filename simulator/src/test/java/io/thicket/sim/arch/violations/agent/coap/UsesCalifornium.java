package io.thicket.sim.arch.violations.agent.coap;

import org.eclipse.californium.core.coap.Token;

/** No offence: this is the package for it. */
public final class UsesCalifornium {
    public Token token = Token.EMPTY;
}
