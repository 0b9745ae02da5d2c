package io.thicket.routing.check;

/** I13: tables and queues stay within their limits. */
public final class WithinBounds implements Invariant {
    private final int destinations;
    private final int neighbors;
    private final int messages;

    public WithinBounds(int destinations, int neighbors, int messages) {
        this.destinations = destinations;
        this.neighbors = neighbors;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "I13 within bounds";
    }

    @Override
    public String check(NetworkState network, int touched) {
        RouterView view = network.node(touched).view();
        if (view == null) {
            return "";
        }
        int routes = network.node(touched).routes().size();
        boolean within = routes <= destinations && view.neighbors() <= neighbors && view.queued() <= messages;
        return within
                ? ""
                : "node " + touched + " holds " + routes + " destinations, " + view.neighbors() + " neighbours and "
                        + view.queued() + " messages";
    }
}
