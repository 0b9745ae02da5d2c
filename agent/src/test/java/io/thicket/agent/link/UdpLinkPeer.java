package io.thicket.agent.link;

import io.thicket.agent.node.EventLoop;
import io.thicket.agent.port.LinkListener;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One end of the test in network namespaces: says hello to all every 200 ms, asks each speaker once under an exchange, and
 * prints what it hears, one event a line. Ends when its standard input does.
 */
public final class UdpLinkPeer implements LinkListener {
    private static final int QUESTION = 40_000;

    private final PrintStream out = System.out;
    private final EventLoop loop = new EventLoop("loop", e -> System.exit(70));
    private final UdpLink link;
    private String problem = "";

    private UdpLinkPeer(String interfaceName, IpVersion ip) {
        link = new UdpLink(
                new UdpLinkSettings(
                        interfaceName, interfaceName, LinkClass.ETHERNET, 100_000, UdpLinkSettings.DEFAULT_PORT, ip),
                loop);
    }

    /** Arguments: the interface, and {@code AUTO}, {@code IPV6} or {@code IPV4}. */
    public static void main(String[] args) throws Exception {
        UdpLinkPeer peer = new UdpLinkPeer(args[0], IpVersion.valueOf(args[1]));
        peer.loop.at(0, () -> {
            peer.link.start(peer);
            peer.hello();
        });
        peer.loop.start();
        while (System.in.read() >= 0) {
            // Until the parent closes it.
        }
        peer.loop.post(peer.link::close);
        peer.loop.stop(2000);
        peer.out.println("counts " + peer.link.counts());
    }

    @Override
    public void onFrame(LinkAddress from, int exchange, ByteBuffer sealed) {
        out.println(loop.nowMs() + " frame from=" + from + " exchange=" + exchange + " text=" + text(sealed));
        if (exchange == MeshRouter.NO_EXCHANGE) {
            link.transmit(from, QUESTION, bytes("question"));
        } else {
            link.reply(from, exchange, HopCode.CUSTODY, bytes("answer"));
        }
    }

    @Override
    public void onReply(LinkAddress from, int exchange, ByteBuffer sealed) {
        out.println(loop.nowMs() + " reply from=" + from + " exchange=" + exchange + " text=" + text(sealed));
    }

    @Override
    public void onUnreachable(LinkAddress to) {
        out.println(loop.nowMs() + " unreachable " + to);
    }

    @Override
    public void onChange(LinkInfo info) {
        out.println(loop.nowMs() + " change " + info);
    }

    private void hello() {
        if (!link.problem().equals(problem)) {
            problem = link.problem();
            out.println(loop.nowMs() + " problem '" + problem + "'");
        }
        link.transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, bytes("hello"));
        loop.at(loop.nowMs() + 200, this::hello);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer sealed) {
        return StandardCharsets.US_ASCII.decode(sealed).toString();
    }
}
