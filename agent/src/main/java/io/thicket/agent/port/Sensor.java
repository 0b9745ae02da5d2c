package io.thicket.agent.port;

import io.thicket.drivers.Observation;
import io.thicket.drivers.bus.UnitHealth;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source of readings, attached to a node: a serial device behind its port worker, or a virtual sensor. */
public interface Sensor extends AutoCloseable {
    /** As configured; unique on its node; {@code [a-z0-9_-]{1,32}}. */
    String name();

    /** Begins; {@code listener} is called on the node's loop. */
    void start(SensorListener listener);

    /** How it is now. */
    Status status();

    /** When it was last calibrated; empty if nobody says. */
    default Optional<CalibrationNote> calibration() {
        return Optional.empty();
    }

    /** The newest frame of its line that was refused; empty if there is none, or no line. */
    default Optional<BadFrame> lastBadFrame() {
        return Optional.empty();
    }

    /** What its device can be told, in a fixed order. */
    default List<CommandInfo> commands() {
        return List.of();
    }

    /** Tells its device something. On the node's loop; the order hears its outcome once, on the loop, during or after this call. */
    default void command(CommandOrder order) {
        order.done().accept(CommandOutcome.of(CommandOutcome.Kind.NOT_SENT, "'" + name() + "' takes no commands"));
    }

    @Override
    void close();

    /** Hears of a sensor, on the node's loop. */
    interface SensorListener {
        /** One reading: all values of one frame. {@code takenAtMs} is in the node's monotonic ms and not in the future. */
        void onReading(long takenAtMs, List<Observation> observations);

        /** {@link Sensor#status()} changed. */
        void onStatus(Status status);
    }

    /**
     * How a sensor is.
     *
     * @param driver id of its driver
     * @param state {@code ready}, or what it is doing instead ({@code opening}, {@code lost}, ...); {@code silent} if the port
     *     is fine and the device does not answer
     * @param problem one sentence with the cure, empty if there is none
     * @param port the port as configured, empty for a virtual sensor
     * @param goodFrames frames that decoded
     * @param badFrames frames refused (checksum, malformed)
     * @param skippedBytes bytes that belonged to no frame
     * @param droppedReadings readings lost because the node's loop did not take them in time; they have no seq
     * @param unit how it answers, null if it speaks by itself
     */
    record Status(
            String driver,
            String state,
            String problem,
            String port,
            long goodFrames,
            long badFrames,
            long skippedBytes,
            long droppedReadings,
            @Nullable UnitHealth unit) {
        /** The status of a sensor that speaks by itself. */
        public Status(
                String driver,
                String state,
                String problem,
                String port,
                long goodFrames,
                long badFrames,
                long skippedBytes,
                long droppedReadings) {
            this(driver, state, problem, port, goodFrames, badFrames, skippedBytes, droppedReadings, null);
        }
    }
}
