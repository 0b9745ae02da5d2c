package io.thicket.agent.config;

import io.thicket.routing.Identity;
import java.text.Normalizer;
import java.util.Locale;

/** The name that is proposed where somebody wrote one that is none. */
public final class ProposedName {
    private ProposedName() {}

    /** {@code text} in {@code [a-z0-9_-]{0,32}}: letters without their accents, and a dash for all else. */
    public static String of(String text) {
        String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace("ß", "ss"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "");
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < Math.min(plain.length(), Identity.MAX_NAME_LENGTH); i++) {
            char c = plain.charAt(i);
            name.append(Identity.isValidName(String.valueOf(c)) ? c : '-');
        }
        return name.toString();
    }
}
