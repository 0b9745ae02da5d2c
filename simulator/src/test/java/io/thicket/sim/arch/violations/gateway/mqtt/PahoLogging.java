package io.thicket.sim.arch.violations.gateway.mqtt;

/** No offence: here Paho's logger is silenced. */
public final class PahoLogging {
    public Object logger = java.util.logging.Logger.getLogger("x");
}
