package io.thicket.drivers.meter;

import io.thicket.drivers.Observation;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.FrameDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of the list responses in an SML file. */
public final class SmlDecoder implements FrameDecoder {
    private static final int GET_LIST_RESPONSE = 0x0701;
    private static final int LIST_OF_VALUES = 4;

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        SmlReader reader = new SmlReader(frame, offset, offset + length);
        Set<String> names = new HashSet<>();
        while (reader.hasMore()) {
            SmlReader.Node message = reader.next();
            if (message == null) {
                return Outcome.MALFORMED;
            }
            // transactionId, groupNo, abortOnError, body, crc, end of message
            if (message.list() == null || message.list().size() < 4) {
                continue;
            }
            List<SmlReader.Node> choice = message.list().get(3).list();
            if (choice != null && choice.size() == 2 && isListResponse(choice.get(0))) {
                read(choice.get(1), names, values);
            }
        }
        return values.isEmpty() ? Outcome.NO_VALUE : Outcome.VALUES;
    }

    private static boolean isListResponse(SmlReader.Node tag) {
        return tag.number() != null && tag.number() == GET_LIST_RESPONSE;
    }

    private static void read(SmlReader.Node response, Set<String> names, List<Observation> values) {
        List<SmlReader.Node> parts = response.list();
        if (parts == null || parts.size() <= LIST_OF_VALUES) {
            return;
        }
        List<SmlReader.Node> entries = parts.get(LIST_OF_VALUES).list();
        if (entries == null) {
            return;
        }
        for (SmlReader.Node entry : entries) {
            List<SmlReader.Node> fields = entry.list();
            if (fields != null && fields.size() == 7) {
                entry(fields, names, values);
            }
        }
    }

    /** objName, status, valTime, unit, scaler, value, signature. */
    private static void entry(List<SmlReader.Node> fields, Set<String> names, List<Observation> values) {
        Bytes code = fields.get(0).octets();
        Long unit = fields.get(3).number();
        Long scaler = fields.get(4).number();
        Long number = fields.get(5).number();
        if (code == null || code.length() != 6 || number == null) {
            return;
        }
        boolean electricity = code.at(0) == 1 && code.at(1) == 0;
        Optional<String> name = Obis.name(code.at(2) + "." + code.at(3) + "." + code.at(4));
        int power = scaler == null ? 0 : scaler.intValue();
        if (!electricity || name.isEmpty() || power < -12 || power > 12 || !names.add(name.get())) {
            return;
        }
        double value = power < 0 ? number / StrictMath.pow(10, -power) : number * StrictMath.pow(10, power);
        String senml = unitOf(unit == null ? 255 : unit.intValue());
        boolean hours = unit != null && unit >= 30 && unit <= 32;
        values.add(Observation.good(name.get(), hours ? value * 3600 : value, senml));
    }

    /** The units of DLMS (IEC 62056-62), as SenML has them. */
    private static @Nullable String unitOf(int unit) {
        return switch (unit) {
            case 8 -> "deg";
            case 9 -> "Cel";
            case 27 -> "W";
            case 28 -> "VA";
            case 29 -> "var";
            case 30 -> "J";
            case 31 -> "VAs";
            case 32 -> "vars";
            case 33 -> "A";
            case 35 -> "V";
            case 44 -> "Hz";
            default -> null;
        };
    }
}
