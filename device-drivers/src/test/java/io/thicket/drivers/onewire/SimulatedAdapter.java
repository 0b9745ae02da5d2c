package io.thicket.drivers.onewire;

import io.thicket.drivers.checksum.Checksum;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A DS2480B with thermometers on its line, by its data sheet: modes, calibration after power-on, resets, bytes, the search
 * accelerator. What it is told byte by byte is answered byte by byte.
 */
public final class SimulatedAdapter {
    private static final int FAMILY_DS18S20 = 0x10;

    /** What is on the line; tests change it while the adapter runs. */
    public final List<Thermometer> devices = new ArrayList<>();

    /** Resets say that the line is short. */
    public boolean shorted;

    /** Nothing is said any more. */
    public boolean dead;

    private boolean calibrated;
    private boolean dataMode;
    private boolean escape;
    private boolean accelerator;
    private final byte[] pass = new byte[RomSearch.PASS_BYTES];
    private int passAt;
    private Line line = Line.IDLE;
    private final ByteArrayOutputStream rom = new ByteArrayOutputStream();
    private List<Thermometer> addressed = List.of();
    private int readAt;

    private enum Line {
        IDLE,
        ROM_COMMAND,
        SEARCH,
        ROM,
        FUNCTION,
        READ
    }

    /** One thermometer. */
    public static final class Thermometer {
        final byte[] rom = new byte[Rom.LENGTH];
        private final byte[] pad = new byte[ScratchpadFramer.PAD_BYTES];
        private double celsius;

        /** So many of the next readings of its scratchpad have a wrong bit. */
        public int disturbed;

        /** @param number seven bytes: the family first */
        public Thermometer(int[] number, double celsius) {
            for (int i = 0; i < 7; i++) {
                rom[i] = (byte) number[i];
            }
            rom[7] = (byte) Checksum.CRC8_DALLAS.over(rom, 0, 7);
            this.celsius = celsius;
            powerOn();
        }

        public void powerOn() {
            boolean halves = rom[0] == FAMILY_DS18S20;
            int raw = halves ? 0x00AA : 0x0550;
            int[] fresh = {raw & 0xFF, raw >> 8, 0x4B, 0x46, halves ? 0xFF : 0x7F, 0xFF, 0x0C, 0x10, 0};
            for (int i = 0; i < pad.length; i++) {
                pad[i] = (byte) fresh[i];
            }
            seal();
        }

        public void set(double newCelsius) {
            celsius = newCelsius;
        }

        private void convert() {
            if (rom[0] == FAMILY_DS18S20) {
                int halves = (int) Math.floor(celsius * 2);
                pad[0] = (byte) halves;
                pad[1] = (byte) (halves >> 8);
                pad[6] = (byte) Math.round(16 - 16 * (celsius - (halves >> 1) + 0.25));
            } else {
                int raw = (int) Math.round(celsius * 16);
                pad[0] = (byte) raw;
                pad[1] = (byte) (raw >> 8);
            }
            seal();
        }

        private void seal() {
            pad[8] = (byte) Checksum.CRC8_DALLAS.over(pad, 0, 8);
        }

        public String number() {
            return java.util.HexFormat.of().formatHex(rom);
        }

        private boolean bit(int n) {
            return (rom[n >> 3] >> (n & 7) & 1) != 0;
        }
    }

    /** A break, and what switching on does: the next byte only calibrates. */
    public void restart() {
        calibrated = false;
        dataMode = false;
        escape = false;
        accelerator = false;
    }

    /** What it says to a byte. */
    public byte[] tell(int b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (dead) {
            return new byte[0];
        }
        if (!calibrated) {
            calibrated = true;
            return new byte[0];
        }
        if (dataMode) {
            data(b, out);
        } else {
            command(b, out);
        }
        return out.toByteArray();
    }

    private void command(int b, ByteArrayOutputStream out) {
        if (b == 0xE1) {
            dataMode = true;
        } else if (b == 0xE3) {
            // It is in this mode already.
            dataMode = false;
        } else if ((b & 0xE3) == 0xC1) {
            line = Line.ROM_COMMAND;
            rom.reset();
            out.write(shorted ? 0xCC : devices.isEmpty() ? 0xCF : 0xCD);
        } else if (b == 0xB1) {
            accelerator = true;
            passAt = 0;
        } else if (b == 0xA1) {
            accelerator = false;
        } else if ((b & 0x81) == 0x01) {
            out.write(b & 0xFE);
        } else {
            throw new AssertionError("command " + Integer.toHexString(b));
        }
    }

    private void data(int b, ByteArrayOutputStream out) {
        if (escape) {
            escape = false;
            if (b != 0xE3) {
                dataMode = false;
                command(b, out);
                return;
            }
        } else if (b == 0xE3) {
            escape = true;
            return;
        }
        if (accelerator) {
            pass[passAt++] = (byte) b;
            if (passAt == pass.length) {
                out.writeBytes(search());
                passAt = 0;
            }
            return;
        }
        out.write(onLine(b));
    }

    private int onLine(int b) {
        switch (line) {
            case ROM_COMMAND -> {
                addressed = List.copyOf(devices);
                line = b == 0xF0 ? Line.SEARCH : b == 0xCC ? Line.FUNCTION : b == 0x55 ? Line.ROM : Line.IDLE;
            }
            case ROM -> {
                rom.write(b);
                if (rom.size() == Rom.LENGTH) {
                    addressed = devices.stream()
                            .filter(device -> Arrays.equals(device.rom, rom.toByteArray()))
                            .toList();
                    line = Line.FUNCTION;
                }
            }
            case FUNCTION -> {
                if (b == 0x44) {
                    addressed.forEach(Thermometer::convert);
                    line = Line.IDLE;
                } else {
                    line = b == 0xBE ? Line.READ : Line.IDLE;
                    readAt = 0;
                }
            }
            case READ -> {
                int said = 0xFF;
                for (Thermometer device : addressed) {
                    said &= device.pad[readAt];
                    if (readAt == 3 && device.disturbed > 0) {
                        device.disturbed--;
                        said ^= 1;
                    }
                }
                readAt++;
                return said & b;
            }
            default -> {}
        }
        return b;
    }

    private byte[] search() {
        byte[] answer = new byte[pass.length];
        List<Thermometer> alive = new ArrayList<>(devices);
        for (int bit = 0; bit < 64; bit++) {
            int n = bit;
            boolean anyOne = alive.stream().anyMatch(device -> device.bit(n));
            boolean anyZero = alive.stream().anyMatch(device -> !device.bit(n));
            boolean wanted = (pass[2 * bit + 1 >> 3] >> (2 * bit + 1 & 7) & 1) != 0;
            boolean conflict = anyOne == anyZero;
            boolean way = conflict ? anyOne ? wanted : true : anyOne;
            alive.removeIf(device -> device.bit(n) != way);
            if (conflict) {
                answer[2 * bit >> 3] |= (byte) (1 << (2 * bit & 7));
            }
            if (way) {
                answer[2 * bit + 1 >> 3] |= (byte) (1 << (2 * bit + 1 & 7));
            }
        }
        return answer;
    }
}
