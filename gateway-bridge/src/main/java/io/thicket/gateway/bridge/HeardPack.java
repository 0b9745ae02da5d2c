package io.thicket.gateway.bridge;

import io.thicket.agent.senml.SenmlFormatException;
import io.thicket.agent.senml.SenmlJsonCodec;
import io.thicket.agent.senml.SenmlPack;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The SenML JSON of a reading that was heard. It is read when a gateway wants it first, which is of nodes that it knows only. */
final class HeardPack {
    private final String text;
    private @Nullable SenmlPack pack;
    private boolean isRead;

    HeardPack(String text) {
        this.text = text;
    }

    /** What it says, null if it cannot be read: whatever others write into the broker. */
    @Nullable
    SenmlPack read() {
        if (!isRead) {
            isRead = true;
            try {
                pack = SenmlJsonCodec.decode(text.getBytes(StandardCharsets.UTF_8));
            } catch (SenmlFormatException e) {
                pack = null;
            }
        }
        return pack;
    }
}
