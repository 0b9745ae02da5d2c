package io.thicket.agent.coap;

import java.net.InetSocketAddress;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.stack.AbstractLayer;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.ExchangeCleanupLayer;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.core.network.stack.ObserveLayer;
import org.eclipse.californium.core.network.stack.ReliabilityLayer;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;

/**
 * Californium's UDP stack with two differences: back-off jitter comes from the node's generator, and requests are put into
 * one form before the block-wise layer sees them (see {@link RequestForm}).
 */
final class SeededCoapStack extends BaseCoapStack {
    SeededCoapStack(
            String tag,
            Configuration configuration,
            EndpointContextMatcher matcher,
            Outbox outbox,
            RandomGenerator random,
            ToIntFunction<InetSocketAddress> blockBytes) {
        super(outbox);
        setLayers(new Layer[] {
            new ExchangeCleanupLayer(configuration),
            new ObserveLayer(configuration),
            new BlockwiseLayer(tag, false, configuration, matcher),
            new RequestForm(blockBytes),
            new SeededReliability(configuration, random)
        });
    }

    /** RFC 7252 section 4.2 with a seeded ACK_RANDOM_FACTOR; the library's own generator cannot be seeded. */
    private static final class SeededReliability extends ReliabilityLayer {
        private final RandomGenerator random;

        SeededReliability(Configuration configuration, RandomGenerator random) {
            super(configuration);
            this.random = random;
        }

        @Override
        protected int getRandomTimeout(int ackTimeout, float randomFactor) {
            return ackTimeout + (int) (ackTimeout * (randomFactor - 1) * random.nextFloat());
        }
    }

    /**
     * Two changes to a request on its way in. A Proxy-Uri becomes Proxy-Scheme and Uri-* options (RFC 7252 section 5.10.2
     * says that they mean the same), because the block-wise layer tells bodies apart by Uri-Path and Uri-Query only; the
     * host goes into the scheme that this layer also looks at. And a request without Block2 gets one with the size that
     * fits into the path, as if the client had asked for it (RFC 7959 section 2.4).
     */
    private static final class RequestForm extends AbstractLayer {
        private final ToIntFunction<InetSocketAddress> blockBytes;

        RequestForm(ToIntFunction<InetSocketAddress> blockBytes) {
            this.blockBytes = blockBytes;
        }

        @Override
        public void receiveRequest(Exchange exchange, Request request) {
            OptionSet options = request.getOptions();
            if (options.hasProxyUri()) {
                ProxyUri.parse(options.getProxyUri()).ifPresent(uri -> takeApart(uri, options));
            }
            if (options.hasProxyScheme() && options.hasUriHost()) {
                request.setScheme(options.getProxyScheme() + "+" + options.getUriHost());
            }
            limitBlock2(
                    options, blockBytes.applyAsInt(request.getSourceContext().getPeerAddress()));
            super.receiveRequest(exchange, request);
        }

        private static void takeApart(ProxyUri uri, OptionSet options) {
            options.removeProxyUri();
            options.setProxyScheme(uri.scheme());
            if (uri.host().isEmpty()) {
                options.removeUriHost();
            } else {
                options.setUriHost(uri.host());
            }
            options.clearUriPath();
            uri.path().forEach(options::addUriPath);
            options.clearUriQuery();
            uri.query().forEach(options::addUriQuery);
        }

        private static void limitBlock2(OptionSet options, int bytes) {
            BlockOption asked = options.getBlock2();
            if (asked == null || asked.getNum() == 0 && asked.getSize() > bytes) {
                options.setBlock2(BlockOption.size2Szx(bytes), false, 0);
            }
        }
    }
}
