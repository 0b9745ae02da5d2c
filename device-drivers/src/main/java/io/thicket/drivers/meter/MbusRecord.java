package io.thicket.drivers.meter;

import org.jspecify.annotations.Nullable;

/**
 * One record of an M-Bus answer.
 *
 * @param function 0 now, 1 maximum, 2 minimum, 3 while in error
 * @param storage 0 now, else an older one
 * @param tariff 0 is the sum
 * @param device part of the meter
 * @param quantity name in readings; empty if it is not one that is handed on
 * @param unit as the standard has it, converted to a power of ten of {@code Wh m3 W m3/h Cel K s V A bar kg J}; null if none
 * @param number null if it is a text or has no value
 * @param text a time or a text; null if it is a number
 */
public record MbusRecord(
        int function,
        int storage,
        int tariff,
        int device,
        String quantity,
        @Nullable String unit,
        @Nullable Double number,
        @Nullable String text) {
    /** Name in readings: the quantity, and what makes it another one. */
    String name() {
        StringBuilder name = new StringBuilder(quantity);
        name.append(
                switch (function) {
                    case 1 -> "_max";
                    case 2 -> "_min";
                    case 3 -> "_error";
                    default -> "";
                });
        if (storage > 0) {
            name.append("_s").append(storage);
        }
        if (tariff > 0) {
            name.append("_t").append(tariff);
        }
        if (device > 0) {
            name.append("_d").append(device);
        }
        return name.toString();
    }
}
