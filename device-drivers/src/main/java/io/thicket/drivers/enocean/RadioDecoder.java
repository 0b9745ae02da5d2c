package io.thicket.drivers.enocean;

import io.thicket.drivers.Observation;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.FrameDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Radio telegrams (ERP1) of the devices that are configured. A repeater sends a telegram once more, and a device sends it up to three
 * times: copies within {@link #COPY_MS} are passed over.
 */
public final class RadioDecoder implements FrameDecoder {
    /** Most devices of one receiver. */
    public static final int MAX_DEVICES = 64;

    static final long COPY_MS = 100;
    private static final int RADIO = 0x01;
    private static final int TYPE_AT = 4;
    private static final int RORG_AT = Esp3Framer.HEADER;
    private static final int SENDER_BYTES = 4;
    private static final int OPTIONAL_BYTES = 7;

    private final Map<Integer, Device> devices = new LinkedHashMap<>();

    private static final class Device {
        private final String name;
        private final Profile profile;
        private Bytes lastData = Bytes.NONE;
        private long lastMs;

        Device(String name, Profile profile) {
            this.name = name;
            this.profile = profile;
        }
    }

    /** The names of the profiles that {@link #add} takes. */
    public static List<String> profiles() {
        return Profile.names();
    }

    /**
     * A device to listen to, with a name for its values.
     *
     * @throws IllegalArgumentException if the sender is no eight hex digits or there already, the profile is not known, or there are too many
     */
    public void add(String name, String sender, String profile) {
        if (!sender.matches("[0-9A-Fa-f]{8}")) {
            throw new IllegalArgumentException(
                    "'" + sender + "' is no sender; it has eight hex digits, as on the device");
        }
        Profile known = Profile.find(profile)
                .orElseThrow(() -> new IllegalArgumentException(
                        "profile '" + profile + "' is not one of " + String.join(", ", Profile.names())));
        if (devices.size() >= MAX_DEVICES) {
            throw new IllegalArgumentException("more than " + MAX_DEVICES + " devices");
        }
        if (devices.putIfAbsent(Integer.parseUnsignedInt(sender, 16), new Device(name, known)) != null) {
            throw new IllegalArgumentException("sender " + sender + " is there twice");
        }
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        if (frame[offset + TYPE_AT] != RADIO) {
            return Outcome.IGNORED;
        }
        int dataLength = (frame[offset + 1] & 0xFF) << 8 | frame[offset + 2] & 0xFF;
        int optionalLength = frame[offset + 3] & 0xFF;
        if (dataLength < 1 + 1 + SENDER_BYTES + 1) {
            return Outcome.MALFORMED;
        }
        int senderAt = offset + RORG_AT + dataLength - SENDER_BYTES - 1;
        Device device = devices.get(word(frame, senderAt));
        if (device == null || device.profile.rorg() != (frame[offset + RORG_AT] & 0xFF)) {
            // Neighbours' devices, and kinds of telegrams that the profile does not have.
            return Outcome.NO_VALUE;
        }
        int data = dataLength - 1 - SENDER_BYTES - 1;
        if (data != device.profile.dataBytes()) {
            return Outcome.MALFORMED;
        }
        int dataAt = offset + RORG_AT + 1;
        Bytes said = Bytes.copyOf(Arrays.copyOfRange(frame, dataAt, dataAt + data));
        boolean copy = said.equals(device.lastData) && arrivedAtMs - device.lastMs < COPY_MS;
        device.lastData = said;
        device.lastMs = arrivedAtMs;
        if (copy) {
            return Outcome.IGNORED;
        }
        device.profile.read(frame, dataAt, device.name + ".", values);
        if (values.isEmpty()) {
            return Outcome.NO_VALUE;
        }
        if (optionalLength >= OPTIONAL_BYTES) {
            // dBm without its sign; dBW is 30 less.
            int strength = frame[offset + RORG_AT + dataLength + 5] & 0xFF;
            values.add(Observation.good(device.name + ".rssi", -strength - 30.0, "dBW"));
        }
        return Outcome.VALUES;
    }

    private static int word(byte[] frame, int at) {
        return (frame[at] & 0xFF) << 24
                | (frame[at + 1] & 0xFF) << 16
                | (frame[at + 2] & 0xFF) << 8
                | frame[at + 3] & 0xFF;
    }
}
