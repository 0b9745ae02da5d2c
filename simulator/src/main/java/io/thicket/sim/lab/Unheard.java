package io.thicket.sim.lab;

import io.thicket.gateway.bridge.Publication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a gateway was given and has not answered, by their tokens. A gateway leaves a dozen open, and answers the eldest first as a rule: a search from
 * there is shorter than a hash table's way, and each reading is put here by each gateway of a site.
 */
final class Unheard {
    private static final int FIRST_CAPACITY = 8;

    private long[] tokens = new long[FIRST_CAPACITY];
    private @Nullable Publication[] messages = new @Nullable Publication[FIRST_CAPACITY];
    private int size;

    /** {@code token} is larger than all before. */
    void add(long token, Publication message) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
            messages = Arrays.copyOf(messages, 2 * size);
        }
        tokens[size] = token;
        messages[size] = message;
        size++;
    }

    /** Takes it out; null if there is none. */
    @Nullable
    Publication remove(long token) {
        for (int place = 0; place < size; place++) {
            if (tokens[place] == token) {
                Publication message = messages[place];
                size--;
                System.arraycopy(tokens, place + 1, tokens, place, size - place);
                System.arraycopy(messages, place + 1, messages, place, size - place);
                messages[size] = null;
                return message;
            }
        }
        return null;
    }
}
