package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import java.util.Set;

/** What {@code [radio]} says of modulation and modem. */
final class PhySection {
    private static final Set<Integer> RATES = Set.of(6, 9, 12, 18, 24, 36, 48, 54);
    private static final Set<Integer> BANDWIDTHS = Set.of(125, 250, 500);
    private static final String[] LORA_KEYS = {"spreading_factor", "bandwidth", "coding_rate", "duty", "snr_spread"};

    /** LoRaSim and measurements: 2 to 5 dB. */
    private static final double USUAL_SPREAD_DB = 3;

    private PhySection() {}

    static PhyPlan read(SectionReader reader) {
        PhyPlan.Kind kind = reader.choice("phy", PhyPlan.Kind.DSSS);
        boolean known = !reader.isMisread("phy");
        if (reader.has("rate") && kind != PhyPlan.Kind.OFDM && known) {
            reader.error("rate", "rate is of phy ofdm only", "");
        }
        for (String key : LORA_KEYS) {
            if (reader.has(key) && kind != PhyPlan.Kind.LORA && known) {
                reader.error(key, key + " is of phy lora only", "");
            }
        }
        if (kind == PhyPlan.Kind.LORA && reader.has("sinr")) {
            reader.error("sinr", "sinr is of Wi-Fi only; LoRa frames survive what is 6 dB weaker", "leave it out");
        }
        int rate = reader.integer("rate", 1, 1_000).orElse(6);
        if (!RATES.contains(rate)) {
            reader.error("rate", "rate " + rate + " is none of OFDM's", "write 6, 9, 12, 18, 24, 36, 48 or 54 (Mb/s)");
            rate = 6;
        }
        int bandwidth = reader.integer("bandwidth", 1, 1_000).orElse(125);
        if (!BANDWIDTHS.contains(bandwidth)) {
            reader.error("bandwidth", "bandwidth " + bandwidth + " is none of LoRa's", "write 125, 250 or 500 (kHz)");
            bandwidth = 125;
        }
        int spreading = reader.integer("spreading_factor", 7, 12).orElse(7);
        int coding = reader.integer("coding_rate", 5, 8).orElse(5);
        double duty = reader.decimal("duty", 0.001, 1).orElse(0.01);
        if (Math.abs(duty * 1_000 - Math.rint(duty * 1_000)) > 1e-9) {
            reader.error("duty", "duty " + duty + " is not a whole number of thousandths", "write 0.001, 0.01 or 0.1");
        }
        double spread = reader.decimal("snr_spread", 0, 10).orElse(USUAL_SPREAD_DB);
        LoraRadio lora = new LoraRadio(spreading, bandwidth, coding - 4, (int) Math.round(duty * 1_000));
        if (kind == PhyPlan.Kind.LORA && !lora.mayCarry(LinkInfo.MIN_MTU_BYTES)) {
            reader.error(
                    "phy",
                    "a frame of " + LinkInfo.MIN_MTU_BYTES + " bytes takes "
                            + lora.airtimeUs(LinkInfo.MIN_MTU_BYTES) / 1_000
                            + " ms, which is too much of what duty allows in an hour",
                    "write a smaller spreading_factor, a wider bandwidth or a larger duty");
        }
        return new PhyPlan(kind, rate, lora, spread);
    }
}
