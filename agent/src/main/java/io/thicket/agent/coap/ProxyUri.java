package io.thicket.agent.coap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Proxy-Uri taken apart as RFC 7252 section 6.4 says. {@code java.net.URI} is not used: it knows no host with an
 * underscore, and nodes may be called so.
 *
 * @param scheme lower case
 * @param host lower case, without brackets; may be empty
 * @param path decoded segments
 * @param query decoded arguments
 */
record ProxyUri(String scheme, String host, List<String> path, List<String> query) {
    private static final int MAX_LENGTH = 1034; // RFC 7252 section 5.10.2
    private static final Pattern FORM = Pattern.compile(
            "([a-zA-Z][a-zA-Z0-9+.-]*)://(\\[[^\\]]*\\]|[^\\[\\]/?#:@]*)(?::[0-9]{0,5})?(/[^?#]*)?(?:\\?([^#]*))?");

    /** The parts of {@code uri}, or empty if it is not an absolute URI with an authority. A port is accepted and ignored. */
    static Optional<ProxyUri> parse(String uri) {
        Matcher matcher = FORM.matcher(uri);
        if (uri.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group(2);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        String path = matcher.group(3);
        String query = matcher.group(4);
        try {
            return Optional.of(new ProxyUri(
                    matcher.group(1).toLowerCase(Locale.ROOT),
                    decode(host).toLowerCase(Locale.ROOT),
                    path == null || path.equals("/") ? List.of() : split(path.substring(1), '/'),
                    query == null || query.isEmpty() ? List.of() : split(query, '&')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(decode(text.substring(start, end)));
            start = end + 1;
        }
        parts.add(decode(text.substring(start)));
        return parts;
    }

    /** Percent-decoding; a bad escape or an option value over 255 bytes is an IllegalArgumentException. */
    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException("bad percent escape");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        if (bytes.size() > 255) {
            throw new IllegalArgumentException("a part of the URI is too long");
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
