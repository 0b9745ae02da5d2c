package io.thicket.agent.coap;

import java.net.InetSocketAddress;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.eclipse.californium.core.network.ExtendedCoapStackFactory;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.CoapStack;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;

/** Makes {@link SeededCoapStack}s. */
record SeededStackFactory(RandomGenerator random, ToIntFunction<InetSocketAddress> blockBytes)
        implements ExtendedCoapStackFactory {
    @Override
    public CoapStack createCoapStack(
            String protocol,
            String tag,
            Configuration configuration,
            EndpointContextMatcher matcher,
            Outbox outbox,
            Object customArgument) {
        return new SeededCoapStack(tag, configuration, matcher, outbox, random, blockBytes);
    }

    @Override
    @Deprecated // of the library; abstract there, so it has to be here
    public CoapStack createCoapStack(
            String protocol, String tag, Configuration configuration, Outbox outbox, Object customArgument) {
        throw new UnsupportedOperationException("the extended form is called");
    }
}
