package io.thicket.agent.coap;

import java.util.OptionalInt;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.option.OpaqueOptionDefinition;

/** The Hop-Limit option of RFC 8768, which stops proxies from sending a request round in circles. */
final class HopLimit {
    /** The option; elective, safe to forward. Opaque to the library, which would not let the invalid value 0 through to us. */
    static final OpaqueOptionDefinition OPTION = new OpaqueOptionDefinition(16, "Hop-Limit", true, 0, 8);

    /** RFC 8768 section 3: used if the request has none. */
    static final int DEFAULT = 16;

    private static final int CODE_5_08 = 5 << 5 | 8;

    private HopLimit() {}

    /** The limit that a request carries, or the default; empty if the option is invalid (not 1 to 255). */
    static OptionalInt of(OptionSet options) {
        Option option = options.getOtherOption(OPTION);
        if (option == null) {
            return OptionalInt.of(DEFAULT);
        }
        byte[] value = option.getValue();
        return value.length == 1 && value[0] != 0 ? OptionalInt.of(value[0] & 0xff) : OptionalInt.empty();
    }

    /** The option with a value of 0 to 255. */
    static Option option(int limit) {
        return OPTION.create(new byte[] {(byte) limit});
    }

    /** A response 5.08 Hop Limit Reached; the library's enum ends before it. */
    static Response reached(String proxy) {
        Response response = new HopLimitReached();
        response.setPayload(proxy); // RFC 8768 section 4: the payload names the proxies, to find the loop
        return response;
    }

    private static final class HopLimitReached extends Response {
        HopLimitReached() {
            super(ResponseCode.PROXY_NOT_SUPPORTED);
        }

        @Override
        public int getRawCode() {
            return CODE_5_08;
        }
    }
}
