package io.thicket.drivers.modbus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slave in memory, written from the standard without the master's code but for the check value. */
public final class ModbusSlave {
    public final int unit;
    public final int[] holding = new int[0x200];
    public final int[] input = new int[0x200];
    public final boolean[] coils = new boolean[0x100];
    public final boolean[] discrete = new boolean[0x100];
    /** Registers from {@code holesFrom} to before {@code holesTo} do not exist. */
    public int holesFrom;

    public int holesTo;
    /** Most registers at once. */
    public int limit = 125;
    /** Answers every request with this exception; 0 for none. */
    public int exception;
    /** Answers writes as if it obeyed. */
    public boolean ignoresWrites;
    /** So many requests it does not hear. */
    public int deaf;
    /** Hears readings only. */
    public boolean deafToWrites;

    public final List<byte[]> requests = new ArrayList<>();

    public ModbusSlave(int unit) {
        this.unit = unit;
    }

    /** The answer to a frame; null if it is for another or broken. */
    public byte @Nullable [] answer(byte[] frame) {
        if (frame.length < 4 || !ModbusCrc.holds(frame, 0, frame.length)) {
            return null;
        }
        int to = frame[0] & 0xFF;
        if (to != unit && to != 0) {
            return null;
        }
        if (deafToWrites && frame[1] > 4) {
            return null;
        }
        if (deaf > 0) {
            deaf--;
            return null;
        }
        requests.add(frame.clone());
        if (ignoresWrites && frame[1] > 4) {
            return ModbusCrc.append(Arrays.copyOf(frame, frame[1] == 22 ? 8 : 6));
        }
        byte[] body = exception == 0 ? obey(frame) : refuse(frame, exception);
        return to == 0 ? null : ModbusCrc.append(body);
    }

    private byte[] obey(byte[] frame) {
        int address = word(frame, 2);
        int count = word(frame, 4);
        return switch (frame[1] & 0xFF) {
            case 1 -> bits(frame, coils, address, count);
            case 2 -> bits(frame, discrete, address, count);
            case 3 -> words(frame, holding, address, count);
            case 4 -> words(frame, input, address, count);
            case 5 -> {
                coils[address] = count == 0xFF00;
                yield Arrays.copyOf(frame, 6);
            }
            case 6 -> {
                holding[address] = count;
                yield Arrays.copyOf(frame, 6);
            }
            case 15 -> {
                for (int i = 0; i < count; i++) {
                    coils[address + i] = (frame[7 + i / 8] >> i % 8 & 1) != 0;
                }
                yield Arrays.copyOf(frame, 6);
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    holding[address + i] = word(frame, 7 + 2 * i);
                }
                yield Arrays.copyOf(frame, 6);
            }
            case 22 -> {
                holding[address] = holding[address] & count | word(frame, 6) & ~count;
                yield Arrays.copyOf(frame, 8);
            }
            case 23 -> {
                int written = word(frame, 6);
                for (int i = 0; i < word(frame, 8); i++) {
                    holding[written + i] = word(frame, 11 + 2 * i);
                }
                yield words(frame, holding, address, count);
            }
            default -> refuse(frame, 1);
        };
    }

    private byte[] words(byte[] frame, int[] table, int address, int count) {
        if (count < 1 || count > limit || address + count > table.length) {
            return refuse(frame, count > limit ? 3 : 2);
        }
        if (address < holesTo && address + count > holesFrom) {
            return refuse(frame, 2);
        }
        byte[] body = new byte[3 + 2 * count];
        body[0] = frame[0];
        body[1] = frame[1];
        body[2] = (byte) (2 * count);
        for (int i = 0; i < count; i++) {
            body[3 + 2 * i] = (byte) (table[address + i] >> 8);
            body[4 + 2 * i] = (byte) table[address + i];
        }
        return body;
    }

    private static byte[] bits(byte[] frame, boolean[] table, int address, int count) {
        byte[] body = new byte[3 + (count + 7) / 8];
        body[0] = frame[0];
        body[1] = frame[1];
        body[2] = (byte) ((count + 7) / 8);
        for (int i = 0; i < count; i++) {
            if (table[address + i]) {
                body[3 + i / 8] |= (byte) (1 << i % 8);
            }
        }
        return body;
    }

    private static byte[] refuse(byte[] frame, int code) {
        return new byte[] {frame[0], (byte) (frame[1] | 0x80), (byte) code};
    }

    private static int word(byte[] frame, int at) {
        return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
    }
}
