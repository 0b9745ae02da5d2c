package io.thicket.drivers.spec;

import org.jspecify.annotations.Nullable;

/** Where the values of one frame are: what has a tag lies behind it, the rest in the frame as a whole. */
final class Places {
    private final byte[] frame;
    private final int offset;
    private final int length;
    private final TagList.@Nullable Found tags;

    Places(MessageSpec message, byte[] frame, int offset, int length) {
        this.frame = frame;
        this.offset = offset;
        this.length = length;
        TagList list = message.tags();
        this.tags = list == null ? null : list.find(frame, offset, length);
    }

    /** Whether the frame has that tag; one without a tag is always there. */
    boolean has(int tag) {
        return tag == TagReader.NO_TAG || tags != null && tags.place(tag) >= 0;
    }

    /** Where a value begins, from the frame's start; its tag must be there. */
    int place(ValueSpec value) {
        return begin(value.tag()) + (value.at() < 0 ? size(value.tag()) : 0) + value.at();
    }

    /** Where the part of the frame ends in which the value lies. */
    int end(ValueSpec value) {
        return begin(value.tag()) + size(value.tag());
    }

    /** Whether a condition holds; null does. Of a tag that is not there only {@code not} does. */
    boolean holds(@Nullable Condition when) {
        if (when == null) {
            return true;
        }
        return has(when.tag())
                ? when.holds(frame, offset + begin(when.tag()), size(when.tag()))
                : when.test() == Condition.Test.NOT;
    }

    private int begin(int tag) {
        return tags == null || tag == TagReader.NO_TAG ? 0 : tags.place(tag);
    }

    private int size(int tag) {
        return tags == null || tag == TagReader.NO_TAG ? length : tags.size(tag);
    }
}
