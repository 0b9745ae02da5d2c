package io.thicket.drivers.modbus;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to function 43/14: what a device says that it is. */
public final class Identification {
    private static final int OBJECTS_AT = 8;

    /** What is before the objects, none of them, and the check value. */
    static final int MIN_FRAME = OBJECTS_AT + ModbusCrc.LENGTH;

    private Identification() {}

    /** Length of the frame that begins at {@code start} as its objects say; 0 if {@code window[start..to)} is too short for it. */
    static int length(byte[] window, int start, int to) {
        int objects = window[start + 7] & 0xFF;
        int at = start + OBJECTS_AT;
        for (int i = 0; i < objects; i++) {
            if (at + 2 > to) {
                return 0;
            }
            at += 2 + (window[at + 1] & 0xFF);
        }
        int end = at + ModbusCrc.LENGTH;
        return end > to ? 0 : end - start;
    }

    /**
     * The objects of a frame that passed its check, by their numbers: 0 vendor, 1 product code, 2 revision, 3 vendor's URL, 4
     * product name, 5 model, 6 user's name; from 128 on the vendor's own. What is no printable ASCII becomes {@code ?}.
     */
    public static Map<Integer, String> objects(byte[] frame) {
        Map<Integer, String> objects = new LinkedHashMap<>();
        int count = frame.length < MIN_FRAME ? 0 : frame[7] & 0xFF;
        int at = OBJECTS_AT;
        for (int i = 0; i < count && at + 2 <= frame.length; i++) {
            int length = frame[at + 1] & 0xFF;
            if (at + 2 + length > frame.length - ModbusCrc.LENGTH) {
                break;
            }
            objects.put(frame[at] & 0xFF, printable(new String(frame, at + 2, length, StandardCharsets.ISO_8859_1)));
            at += 2 + length;
        }
        return objects;
    }

    /** The object that continues a list which did not fit, -1 if this is all. */
    public static int more(byte[] frame) {
        return frame.length >= MIN_FRAME && frame[5] != 0 ? frame[6] & 0xFF : -1;
    }

    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return clean.toString();
    }
}
