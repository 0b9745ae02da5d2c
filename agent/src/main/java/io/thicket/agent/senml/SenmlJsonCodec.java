package io.thicket.agent.senml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SenML as JSON, RFC 8428 section 5 ({@code application/senml+json}, CoAP content format 110). */
public final class SenmlJsonCodec {
    /** Largest pack in bytes that is read, as it came and as {@link #encode} would write it. */
    public static final int MAX_BYTES = 64 * 1024;

    private SenmlJsonCodec() {}

    /** The pack in UTF-8 without spaces; base fields stand in the first record only. */
    public static byte[] encode(SenmlPack pack) {
        JsonWriter json = new JsonWriter();
        write(json, pack);
        return json.toBytes();
    }

    /** Writes the pack as one value into a larger text. */
    public static void write(JsonWriter json, SenmlPack pack) {
        json.beginArray();
        boolean first = true;
        for (SenmlRecord record : pack.records()) {
            json.beginObject();
            if (first && !pack.baseName().isEmpty()) {
                json.name("bn").value(pack.baseName());
            }
            if (first && pack.baseTimeSeconds() != 0) {
                json.name("bt").value(pack.baseTimeSeconds());
            }
            first = false;
            if (!record.name().isEmpty()) {
                json.name("n").value(record.name());
            }
            if (record.unit() != null) {
                json.name("u").value(record.unit());
            }
            writeValue(json, record.value());
            if (record.quality() != null) {
                json.name("tq").value(record.quality());
            }
            json.endObject();
        }
        json.endArray();
    }

    /** Reads a pack of at most {@link #MAX_BYTES}. Anything else than a pack that this node accepts is refused. */
    public static SenmlPack decode(byte[] bytes) throws SenmlFormatException {
        Object value = JsonReader.parse(bytes, MAX_BYTES);
        if (!(value instanceof List<?> list)) {
            throw new SenmlFormatException("a pack is an array");
        }
        if (list.size() > SenmlPack.MAX_RECORDS) {
            throw new SenmlFormatException("more than " + SenmlPack.MAX_RECORDS + " records");
        }
        List<RawRecord> records = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map) || map.size() > RawRecord.MAX_FIELDS) {
                throw new SenmlFormatException("a record is an object of at most " + RawRecord.MAX_FIELDS + " fields");
            }
            RawRecord raw = new RawRecord();
            for (Map.Entry<?, ?> field : map.entrySet()) {
                raw.put(String.valueOf(field.getKey()), field.getValue());
            }
            records.add(raw);
        }
        SenmlPack pack = PackResolver.resolve(records);
        PackResolver.requireFits(encode(pack).length, MAX_BYTES);
        return pack;
    }

    private static void writeValue(JsonWriter json, SenmlValue value) {
        if (value instanceof SenmlValue.Numeric numeric) {
            json.name("v").value(numeric.value());
        } else if (value instanceof SenmlValue.Text text) {
            json.name("vs").value(text.value());
        } else if (value instanceof SenmlValue.Flag flag) {
            json.name("vb").value(flag.value());
        } else {
            throw new AssertionError("a SenML value of an unknown kind: " + value);
        }
    }
}
