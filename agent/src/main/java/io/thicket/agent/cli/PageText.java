package io.thicket.agent.cli;

import java.util.List;

/**
 * The pages of an agent as the command line shows them to people, for other command lines: the simulator's console has the same
 * words, and they look the same there. Anything that is not such a page is a {@link Failure}.
 */
public final class PageText {
    private PageText() {}

    /** As {@code thicket status} prints {@code /status}. */
    public static String status(byte[] page) throws Failure {
        return new StatusCommand().show(JsonView.of(page));
    }

    /** As {@code thicket routes} prints {@code /routes}. */
    public static String routes(byte[] page) throws Failure {
        return new RoutesCommand().show(JsonView.of(page));
    }

    /** As {@code thicket neighbors} prints {@code /neighbors}. */
    public static String neighbors(byte[] page) throws Failure {
        return new NeighborsCommand().show(JsonView.of(page));
    }

    /** As {@code thicket explain} prints {@code /explain}. */
    public static String explain(byte[] page) throws Failure {
        return ExplainCommand.show(JsonView.of(page));
    }

    /** As {@code thicket trace} prints {@code /trace}. */
    public static String trace(byte[] page) throws Failure {
        return TraceCommand.show(JsonView.of(page));
    }

    /** Columns for a terminal, as wide as their widest cell; every row has as many cells as there are heads. */
    public static String table(List<String> heads, List<List<String>> rows) {
        TextTable table = new TextTable(heads.toArray(String[]::new));
        rows.forEach(row -> table.row(row.toArray()));
        return table.toString();
    }

    /** What {@code thicket ping} prints, ping by ping. */
    public static final class Pings {
        private final PingStatistics statistics = new PingStatistics();
        private int number;

        /** The line for the next ping: the page of its trace, or empty if it could not be sent because of too many others. */
        public String line(byte[] page) throws Failure {
            JsonView view = page.length == 0 ? JsonView.empty() : JsonView.of(page);
            statistics.add(view);
            return PingCommand.line(++number, view);
        }

        /** The last lines. */
        public String summary(String node) {
            return statistics.text(node);
        }
    }
}
