package io.thicket.agent.coap;

import java.util.function.LongSupplier;
import org.eclipse.californium.elements.util.ClockUtil;

/** The clock by which Californium measures. It is static, so a JVM runs one simulation at a time. */
public final class CoapClock {
    private CoapClock() {}

    /** From now on Californium asks {@code nanos}, a monotonic clock in ns; simulations hand in theirs. */
    public static void use(LongSupplier nanos) {
        ClockUtil.setRealtimeHandler(nanos::getAsLong);
    }
}
