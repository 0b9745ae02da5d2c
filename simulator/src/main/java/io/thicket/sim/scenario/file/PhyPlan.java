package io.thicket.sim.scenario.file;

import io.thicket.routing.LinkClass;
import io.thicket.routing.LoraRadio;
import io.thicket.sim.medium.wifi.DsssErrorRate;
import io.thicket.sim.medium.wifi.LoraErrorRate;
import io.thicket.sim.medium.wifi.OfdmErrorRate;
import io.thicket.sim.medium.wifi.Phy;
import io.thicket.sim.medium.wifi.Reception;

/**
 * How frames are sent: modulation, rate, access to the medium.
 *
 * @param rateMbps of {@link Kind#OFDM}
 * @param lora of {@link Kind#LORA}
 * @param spreadDb of {@link Kind#LORA}: standard deviation of what each frame's SNR differs from its link's mean
 */
public record PhyPlan(Kind kind, int rateMbps, LoraRadio lora, double spreadDb) {
    /** The fastest at 125 kHz: slower ones carry a handful of readings an hour within a duty of 1 %. */
    private static final LoraRadio SF7 = new LoraRadio(7, 125, 1, 10);

    /** 802.11b at 2 Mb/s. */
    public static final PhyPlan DSSS = new PhyPlan(Kind.DSSS, 6, SF7, 3);

    /** 802.11g at 6 Mb/s. */
    public static final PhyPlan OFDM = new PhyPlan(Kind.OFDM, 6, SF7, 3);

    /** LoRa with SF7 at 125 kHz and a duty of 1 %. */
    public static final PhyPlan LORA = new PhyPlan(Kind.LORA, 6, SF7, 3);

    /** The frame that curves of losses are taken at. */
    private static final int TYPICAL_BITS = 8 * 100;

    /** What real Wi-Fi receivers are worse than ideal ones; LoRa's limits are those of real ones. */
    private static final double IMPLEMENTATION_LOSS_DB = 3;

    /** A signal that is a tenth of the noise adds 0.4 dB to it; weaker ones are left out. */
    private static final double FAINT_SNR_DB = -10;

    /** What of a frame's delivery makes a link usable. */
    private static final double USABLE = 0.9;

    /** No modem reads at the one, or loses half at the other. */
    private static final double LEAST_SNR_DB = -60;

    private static final double MOST_SNR_DB = 60;

    private static final int HALVINGS = 50;

    /** Kinds of modems. */
    public enum Kind {
        /** 802.11b at 2 Mb/s. */
        DSSS,
        /** 802.11g, one rate for all frames. */
        OFDM,
        /** A LoRa modem that listens before it talks. */
        LORA
    }

    /** What the medium counts with. */
    public Phy phy() {
        return switch (kind) {
            case DSSS -> Phy.DSSS;
            case OFDM -> Phy.ofdm(rateMbps);
            case LORA -> Phy.lora(lora);
        };
    }

    /** What the engine is told that its links are. */
    public LinkClass linkClass() {
        return kind == Kind.LORA ? LinkClass.LORA : LinkClass.WIFI;
    }

    /** What overlapping frames do to each other, by SINR or by a plain threshold. */
    public Reception reception(boolean sinr) {
        return switch (kind) {
            case DSSS -> sinr ? Reception.DQPSK : Reception.TEN_DB;
            case OFDM -> sinr ? Reception.ofdm(rateMbps) : Reception.TEN_DB;
            case LORA -> Reception.SIX_DB;
        };
    }

    /** The same of real receivers, of which {@link #delivery} is. */
    public Reception realReception(boolean sinr) {
        Reception ideal = reception(sinr);
        return sinr && kind != Kind.LORA ? ideal.worse(IMPLEMENTATION_LOSS_DB) : ideal;
    }

    /** Share of frames of 100 bytes that arrive at this SNR in dB if nothing interferes. */
    public double delivery(double snrDb) {
        double linear = StrictMath.pow(10, (snrDb - IMPLEMENTATION_LOSS_DB) / 10);
        return switch (kind) {
            case DSSS -> DsssErrorRate.success(DsssErrorRate.dqpsk(linear), TYPICAL_BITS);
            case OFDM -> DsssErrorRate.success(OfdmErrorRate.of(rateMbps).bitErrorRate(linear), TYPICAL_BITS);
            case LORA -> LoraErrorRate.success(snrDb, spreadDb, lora.spreadingFactor());
        };
    }

    /** SNR in dB from which a signal is there for a receiver at all: it makes the medium busy and may be read. */
    public double sensedSnrDb() {
        return kind == Kind.LORA ? LoraErrorRate.limitDb(lora.spreadingFactor()) - 2 * spreadDb : 0;
    }

    /** SNR in dB from which a signal disturbs others, {@link #sensedSnrDb} where none does that is not sensed. */
    public double faintSnrDb() {
        return kind == Kind.LORA ? sensedSnrDb() : FAINT_SNR_DB;
    }

    /** SNR in dB from which frames of 100 bytes mostly arrive. */
    public double usableSnrDb() {
        if (kind == Kind.DSSS) {
            return RadioPlan.USABLE_SNR_DB;
        }
        double db = sensedSnrDb();
        while (delivery(db) < USABLE) {
            db += 0.1;
        }
        return db;
    }

    /** SNR in dB at which half of the frames of 100 bytes arrive. */
    public double halfSnrDb() {
        double low = LEAST_SNR_DB;
        double high = MOST_SNR_DB;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (delivery(middle) < 0.5) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Noise at the receiver in dBm: thermal, with a noise figure of 7 dB for Wi-Fi and 6 dB for LoRa. */
    public double usualNoiseDbm() {
        return switch (kind) {
            case DSSS -> -93.6;
            case OFDM -> -94.0;
            case LORA -> -174 + 10 * StrictMath.log10(lora.bandwidthKhz() * 1e3) + 6;
        };
    }

    /** Transmitted power in dBm. */
    public double usualTxDbm() {
        return kind == Kind.LORA ? 14 : 16;
    }

    /** Loss of free space at 1 m in dB, at 2437 or 868 MHz. */
    public double usualReferenceLossDb() {
        return kind == Kind.LORA ? 31.2 : 40.2;
    }

    /** What a disk reaches unless somebody says otherwise, in m. */
    double usualRangeM() {
        return kind == Kind.LORA ? 2_000 : 250;
    }
}
