package io.thicket.agent.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a sensor as it is written on the command line.
 *
 * @param node whose sensor it is, empty for the agent's own
 */
record CommandTarget(String node, String sensor, String command) {
    private static final Pattern FORM = Pattern.compile("(?:([^/]{1,64})/)?([a-z0-9_-]{1,32})/([a-z0-9_]{1,32})");

    static CommandTarget parse(String text) throws Failure {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Failure(ExitCode.USAGE, "a command is called [NODE/]SENSOR/COMMAND, not '" + text + "'");
        }
        String node = matcher.group(1);
        return new CommandTarget(node == null ? "" : node, matcher.group(2), matcher.group(3));
    }

    /** Of its resource. */
    String path() {
        return "/sensors/" + sensor + "/commands/" + command;
    }
}
