package io.thicket.drivers.meter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the records of an M-Bus answer (EN 13757-3). */
public final class MbusReader {
    /** Fields may be chained, but not endlessly. */
    private static final int MAX_CHAIN = 10;

    private static final int MAX_RECORDS = 256;
    private static final int IDLE_FILLER = 0x2F;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean broken;

    private MbusReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The records of {@code bytes[from..end)}; null if they are damaged or beyond all measure. */
    public static @Nullable List<MbusRecord> read(byte[] bytes, int from, int end) {
        MbusReader reader = new MbusReader(bytes, from, end);
        List<MbusRecord> records = new ArrayList<>();
        while (reader.at < end && !reader.broken && records.size() < MAX_RECORDS) {
            MbusRecord record = reader.next();
            if (record != null) {
                records.add(record);
            }
        }
        return reader.broken ? null : records;
    }

    /** Null for a filler. */
    private @Nullable MbusRecord next() {
        int dif = take();
        if (dif == IDLE_FILLER) {
            return null;
        }
        int coding = dif & 0xF;
        if (coding == 0xF) {
            // What follows is the maker's own. 1F: more in the next answer.
            at = end;
            return new MbusRecord(0, 0, 0, 0, "", null, null, null);
        }
        int function = dif >> 4 & 3;
        long storage = dif >> 6 & 1;
        int tariff = 0;
        int device = 0;
        int field = dif;
        for (int chained = 0; (field & 0x80) != 0 && !broken; chained++) {
            if (chained == MAX_CHAIN) {
                broken = true;
            }
            field = take();
            if (chained < 7) {
                storage |= (long) (field & 0xF) << 1 + 4 * chained;
                tariff |= (field >> 4 & 3) << 2 * chained;
                device |= (field >> 6 & 1) << chained;
            }
        }
        MbusVif vif = vif();
        return broken ? null : value(coding, function, (int) Math.min(storage, Integer.MAX_VALUE), tariff, device, vif);
    }

    private MbusVif vif() {
        int first = take();
        boolean more = (first & 0x80) != 0;
        MbusVif vif;
        if (first == 0xFB || first == 0xFD) {
            int code = take();
            more = (code & 0x80) != 0;
            vif = first == 0xFB ? MbusVif.extensionFb(code & 0x7F) : MbusVif.extensionFd(code & 0x7F);
        } else if ((first & 0x7F) == 0x7C) {
            vif = MbusVif.text(unitText());
        } else if ((first & 0x7F) == 0x7F) {
            // The maker's own, whatever follows.
            vif = MbusVif.primary(0x7F);
        } else {
            vif = MbusVif.primary(first & 0x7F);
        }
        for (int chained = 0; more && !broken; chained++) {
            if (chained == MAX_CHAIN) {
                broken = true;
            }
            int code = take();
            more = (code & 0x80) != 0;
            vif = extended(vif, code & 0x7F);
        }
        return vif;
    }

    private static MbusVif extended(MbusVif vif, int code) {
        if (code >= 0x70 && code <= 0x77) {
            return vif.times((code & 7) - 6);
        }
        if (code == 0x7D) {
            return vif.times(3);
        }
        return code == 0 ? vif : vif.about(String.format(Locale.ROOT, "_x%02x", code));
    }

    /** A unit in text: its length, then its letters from the last to the first. */
    private String unitText() {
        int length = take();
        if (length > end - at) {
            broken = true;
            return "";
        }
        StringBuilder unit = new StringBuilder(new String(bytes, at, length, StandardCharsets.ISO_8859_1));
        at += length;
        return unit.reverse().toString();
    }

    private @Nullable MbusRecord value(int coding, int function, int storage, int tariff, int device, MbusVif vif) {
        int size =
                switch (coding) {
                    case 0, 8 -> 0;
                    case 1, 9 -> 1;
                    case 2, 0xA -> 2;
                    case 3, 0xB -> 3;
                    case 4, 5, 0xC -> 4;
                    case 6, 0xE -> 6;
                    case 7 -> 8;
                    default -> variableSize();
                };
        if (broken || size > end - at) {
            broken = true;
            return null;
        }
        int from = at;
        at += size;
        Double number = null;
        String text = null;
        if (coding == 0xD) {
            text = new StringBuilder(new String(bytes, from, size, StandardCharsets.ISO_8859_1))
                    .reverse()
                    .toString();
        } else if (vif.kind() != MbusVif.Kind.NUMBER) {
            text = time(from, size, vif.kind());
        } else if (size > 0) {
            double raw = coding == 5
                    ? Float.intBitsToFloat((int) integer(bytes, from, 4))
                    : coding >= 9 ? bcd(bytes, from, size) : integer(bytes, from, size);
            double value = vif.scale(raw);
            number = Double.isFinite(value) ? value : null;
        }
        return new MbusRecord(function, storage, tariff, device, vif.quantity(), vif.unit(), number, text);
    }

    /** LVAR: only texts are read; the others are skipped by their size. */
    private int variableSize() {
        int lvar = take();
        if (lvar < 0xC0) {
            return lvar;
        }
        if (lvar < 0xF0) {
            return lvar & 0xF;
        }
        broken = true;
        return 0;
    }

    /** Lowest byte first, with a sign. */
    static long integer(byte[] bytes, int from, int size) {
        long value = bytes[from + size - 1] < 0 ? -1 : 0;
        for (int i = from + size - 1; i >= from; i--) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    /** Lowest byte first; F in the highest digit is a minus. NaN if a digit is none. */
    static double bcd(byte[] bytes, int from, int size) {
        double value = 0;
        boolean negative = false;
        for (int i = from + size - 1; i >= from; i--) {
            for (int shift = 4; shift >= 0; shift -= 4) {
                int digit = bytes[i] >> shift & 0xF;
                boolean highest = i == from + size - 1 && shift == 4;
                if (highest && digit == 0xF) {
                    negative = true;
                    digit = 0;
                } else if (digit > 9) {
                    return Double.NaN;
                }
                value = value * 10 + digit;
            }
        }
        return negative ? -value : value;
    }

    /** Types G and F of the standard; null if it is no valid time. */
    private @Nullable String time(int from, int size, MbusVif.Kind kind) {
        boolean withTime = kind == MbusVif.Kind.DATE_TIME && size == 4;
        if (!withTime && size != 2) {
            return null;
        }
        int dateAt = withTime ? from + 2 : from;
        int low = bytes[dateAt] & 0xFF;
        int high = bytes[dateAt + 1] & 0xFF;
        int day = low & 0x1F;
        int month = high & 0xF;
        int year = 2000 + (low >> 5 | (high & 0xF0) >> 1);
        if (day == 0 || month == 0 || month > 12 || year > 2099) {
            return null;
        }
        String date = String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
        if (!withTime) {
            return date;
        }
        int minute = bytes[from] & 0x3F;
        int hour = bytes[from + 1] & 0x1F;
        boolean invalid = (bytes[from] & 0x80) != 0 || minute > 59 || hour > 23;
        return invalid ? null : date + String.format(Locale.ROOT, "T%02d:%02d:00", hour, minute);
    }

    private int take() {
        if (at >= end) {
            broken = true;
            return 0;
        }
        return bytes[at++] & 0xFF;
    }
}
