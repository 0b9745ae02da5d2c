package io.thicket.agent.senml;

/** A value of a SenML record (RFC 8428 section 4.3): {@code v}, {@code vs}, {@code vb}. Data values ({@code vd}) are not used. */
public sealed interface SenmlValue {
    /** {@code v}, finite. */
    record Numeric(double value) implements SenmlValue {
        public Numeric {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a SenML number is finite, not " + value);
            }
        }
    }

    /** {@code vs}. */
    record Text(String value) implements SenmlValue {}

    /** {@code vb}. */
    record Flag(boolean value) implements SenmlValue {}
}
