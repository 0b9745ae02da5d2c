package io.thicket.sim.arch.violations.drivers;

import co.nstant.in.cbor.model.UnsignedInteger;

public final class UsesCbor {
    public UnsignedInteger value = new UnsignedInteger(1);
}
