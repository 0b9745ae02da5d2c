package io.thicket.drivers.checksum;

/**
 * A CRC of any part of a stream. What came before a part has gone through as many steps as the part has bytes: it is multiplied by
 * x<sup>8</sup> to that power, and taken off.
 */
final class RunningCrc extends RunningCheck {
    private final Crc crc;
    /** x to the power of eight times the index. */
    private final char[] powers;

    RunningCrc(Crc crc, int maxLength) {
        this.crc = crc;
        this.powers = new char[maxLength + 1];
        int power = crc.one();
        for (int i = 0; i <= maxLength; i++) {
            powers[i] = (char) power;
            power = crc.step(power, 0);
        }
    }

    @Override
    public int next(int state, int b) {
        return crc.step(state, b);
    }

    @Override
    public int between(int before, int after, int length) {
        return crc.finish(after ^ crc.multiply(before ^ crc.initial(), powers[length]));
    }
}
