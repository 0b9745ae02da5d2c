package io.thicket.drivers.catalogue;

/** Reads one line of text into values. */
@FunctionalInterface
interface LineReader {
    /** Puts the line's values. A line that is not understood calls {@link TextValues#refuse}. Never throws. */
    void read(String line, TextValues values);
}
