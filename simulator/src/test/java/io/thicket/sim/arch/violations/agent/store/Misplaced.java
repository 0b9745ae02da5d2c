package io.thicket.sim.arch.violations.agent.store;

/** Libraries where they do not belong, one class for each. */
public final class Misplaced {
    public static final class Californium {
        Object it = org.eclipse.californium.core.coap.Token.EMPTY;
    }

    public static final class Cbor {
        Object it = new co.nstant.in.cbor.model.UnsignedInteger(1);
    }

    public static final class Paho {
        Object it = new org.eclipse.paho.mqttv5.common.MqttMessage();
    }

    public static final class Jssc {
        Object it = new jssc.SerialPort("x");
    }

    public static final class Tomlj {
        Object it = org.tomlj.TomlVersion.LATEST;
    }

    public static final class BouncyCastle {
        Object it = org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(new byte[32], 0);
    }

    public static final class Picocli {
        Object it = picocli.CommandLine.Help.Ansi.OFF;
    }

    public static final class HttpServer {
        Object it = new com.sun.net.httpserver.Headers();
    }

    public static final class HdrHistogram {
        Object it = new org.HdrHistogram.Histogram(3);
    }

    public static final class Slf4j {
        Object it = org.slf4j.LoggerFactory.getLogger("x");
    }

    public static final class Antlr {
        Object it = new org.antlr.v4.runtime.CommonToken(1);
    }

    public static final class Artemis {
        Object it(org.apache.activemq.artemis.core.config.Configuration configuration) {
            return configuration;
        }
    }

    private Misplaced() {}
}
