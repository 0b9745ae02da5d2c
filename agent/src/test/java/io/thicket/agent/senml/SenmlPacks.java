package io.thicket.agent.senml;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Packs for tests. */
final class SenmlPacks {
    private static final String[] NAMES = {"temperature", "pm2_5", "rh", "a/b:c.d-e", "0"};
    private static final double[] NUMBERS = {
        0,
        1,
        -1,
        23,
        24,
        255,
        256,
        65_535,
        65_536,
        4_294_967_295d,
        4_294_967_296d,
        21.5,
        0.1,
        -273.15,
        8e-9,
        1e300,
        65_504.5,
        5e-324,
        1L << 53,
        3.4028234663852886E38,
        6.103515625E-5,
        0.333251953125
    };

    private SenmlPacks() {}

    static SenmlPack pack(double time, SenmlRecord... records) {
        return new SenmlPack("", time, List.of(records));
    }

    static SenmlRecord number(String name, String unit, double value) {
        return new SenmlRecord(name, unit, new SenmlValue.Numeric(value), null);
    }

    static SenmlPack random(RandomGenerator random) {
        List<SenmlRecord> records = new ArrayList<>();
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? SenmlPack.MAX_RECORDS : 4);
        for (int i = 0; i < count; i++) {
            SenmlValue value =
                    switch (random.nextInt(4)) {
                        case 0 -> new SenmlValue.Text(random.nextBoolean() ? "Zoë \"\\\n\u0001 \uD83C\uDF31" : "");
                        case 1 -> new SenmlValue.Flag(random.nextBoolean());
                        case 2 -> new SenmlValue.Numeric(NUMBERS[random.nextInt(NUMBERS.length)]);
                        default -> new SenmlValue.Numeric(random.nextGaussian() * 1000);
                    };
            records.add(new SenmlRecord(
                    NAMES[random.nextInt(NAMES.length)],
                    random.nextBoolean() ? "Cel" : null,
                    value,
                    random.nextInt(4) == 0 ? "uncertain" : null));
        }
        double time =
                switch (random.nextInt(3)) {
                    case 0 -> 0;
                    case 1 -> -random.nextInt(100_000) / 1000.0;
                    default -> 1_795_314_600 + random.nextInt(1000) / 1000.0;
                };
        return new SenmlPack(random.nextBoolean() ? "" : "urn:dev:thicket:home:n17:", time, records);
    }
}
