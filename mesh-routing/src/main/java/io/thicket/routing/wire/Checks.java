package io.thicket.routing.wire;

import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/** Checks that records of this package share; each throws {@link IllegalArgumentException}. */
final class Checks {
    private Checks() {}

    static void seq(Seq seq) {
        WireLimits.u32(seq.epoch(), "epoch");
        WireLimits.u32(seq.count(), "count");
    }

    static void length(Bytes bytes, int length, String name) {
        if (bytes.length() != length) {
            throw new IllegalArgumentException(name + " has " + bytes.length() + " bytes, not " + length);
        }
    }

    static void signature(@Nullable Bytes signature) {
        if (signature != null) {
            length(signature, WireLimits.SIGNATURE_BYTES, "signature");
        }
    }

    /** An MTU in bytes, 0 if not known. */
    static void mtu(int mtuBytes) {
        WireLimits.within(mtuBytes, 0xffff, "MTU");
    }
}
