package io.thicket.agent.senml;

import org.jspecify.annotations.Nullable;

/**
 * One record of a pack, base values already applied (a resolved record, RFC 8428 section 4.6) but for the name, which is
 * relative to the pack's base name.
 *
 * @param name {@code n}
 * @param unit {@code u}, null if it has none
 * @param value one of {@code v}, {@code vs}, {@code vb}
 * @param quality Thicket's own field {@code tq}: null for a good value, else {@code uncertain}, {@code bad}, {@code stale}
 *     or {@code warming_up}; readers that do not know it ignore it (section 4.4)
 */
public record SenmlRecord(
        String name,
        @Nullable String unit,
        SenmlValue value,
        @Nullable String quality) {}
