package io.thicket.drivers.spec;

import io.thicket.drivers.framing.BinaryFormat;
import io.thicket.drivers.framing.BinaryFramer;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.framing.EscapedFormat;
import io.thicket.drivers.framing.EscapedFramer;
import io.thicket.drivers.framing.Framer;
import io.thicket.drivers.framing.LineFramer;
import io.thicket.drivers.framing.VeDirectFramer;
import io.thicket.drivers.framing.VeDirectHex;
import org.jspecify.annotations.Nullable;

/** How the frames of a device are cut. */
public sealed interface FrameSpec {
    /** A framer for one line. */
    Framer newFramer();

    /** Longest frame in bytes, as the decoder sees it. */
    int maxFrame();

    /** Where its check value is; null if it has none, or one that its kind brings along. */
    @Nullable
    CheckPlace check();

    /** Whether values are named by a label instead of lying at a place; not those of a message with {@code match}. */
    default boolean hasFields() {
        return false;
    }

    /** What is written to the line to send these bytes. */
    default byte[] toLine(byte[] bytes) {
        return bytes;
    }

    /** Fixed first bytes, and a length. */
    record Binary(BinaryFormat format) implements FrameSpec {
        @Override
        public Framer newFramer() {
            return new BinaryFramer(format);
        }

        @Override
        public int maxFrame() {
            return format.maxFrame();
        }

        @Override
        public @Nullable CheckPlace check() {
            return format.check();
        }
    }

    /** Delimiters, and escapes for bytes that look like them. */
    record Escaped(EscapedFormat format) implements FrameSpec {
        @Override
        public Framer newFramer() {
            return new EscapedFramer(format);
        }

        @Override
        public int maxFrame() {
            return format.maxFrame();
        }

        @Override
        public @Nullable CheckPlace check() {
            return format.check();
        }
    }

    /** Lines of text. */
    record Line(int maxFrame, long silenceMs) implements FrameSpec {
        @Override
        public Framer newFramer() {
            return new LineFramer(maxFrame, silenceMs);
        }

        @Override
        public @Nullable CheckPlace check() {
            return null;
        }
    }

    /**
     * Blocks of labelled fields with a sum over all bytes, and messages in hex between them (Victron's VE.Direct). The fields of a
     * block have labels; the values of a message have places, as {@link VeDirectHex} counts them.
     */
    record VeDirect(long silenceMs) implements FrameSpec {
        @Override
        public Framer newFramer() {
            return new VeDirectFramer(silenceMs);
        }

        @Override
        public int maxFrame() {
            return VeDirectFramer.MAX_BLOCK;
        }

        @Override
        public @Nullable CheckPlace check() {
            return null;
        }

        @Override
        public boolean hasFields() {
            return true;
        }

        @Override
        public byte[] toLine(byte[] bytes) {
            return VeDirectHex.toLine(bytes);
        }
    }
}
