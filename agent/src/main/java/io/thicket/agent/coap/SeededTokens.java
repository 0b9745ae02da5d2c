package io.thicket.agent.coap;

import java.util.random.RandomGenerator;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.KeyToken;
import org.eclipse.californium.core.network.TokenGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tokens from the node's own generator, so that a simulated node repeats its history. Four bytes: the upper 30 bits are
 * random, the lower two say the scope.
 */
final class SeededTokens implements TokenGenerator {
    private static final int BYTES = 4;
    private static final int SCOPE_MASK = 3;

    private final RandomGenerator random;

    SeededTokens(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Token createToken(Scope scope) {
        int bits = random.nextInt() & ~SCOPE_MASK | code(scope);
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (bits >>> 8 * (BYTES - 1 - i));
        }
        return Token.fromProvider(bytes);
    }

    @Override
    public Scope getScope(Token token) {
        if (token.length() != BYTES) {
            return Scope.SHORT_TERM;
        }
        return switch (token.getBytes()[BYTES - 1] & SCOPE_MASK) {
            case 0 -> Scope.LONG_TERM;
            case 2 -> Scope.SHORT_TERM_CLIENT_LOCAL;
            default -> Scope.SHORT_TERM;
        };
    }

    private static int code(Scope scope) {
        return switch (scope) {
            case LONG_TERM -> 0;
            case SHORT_TERM -> 1;
            case SHORT_TERM_CLIENT_LOCAL -> 2;
        };
    }

    @Override
    public KeyToken getKeyToken(Token token, @Nullable Object peer) {
        return getScope(token) == Scope.SHORT_TERM_CLIENT_LOCAL ? new KeyToken(token, peer) : new KeyToken(token, null);
    }
}
