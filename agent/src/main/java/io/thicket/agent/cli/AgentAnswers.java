package io.thicket.agent.cli;

import io.thicket.agent.coap.CoapQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks an agent for pages, several over one socket, and turns what can go wrong into exit codes. */
final class AgentAnswers implements AutoCloseable {
    private static final String NOT_FOUND = "4.04";
    private static final String BUSY = "5.03";

    /** What a label, a name, a NodeId or a mesh address looks like. */
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9_-]{1,40}|[0-9A-Fa-f:]{2,45}");

    private final CoapQuery query;
    private final AskOptions options;

    private AgentAnswers(CoapQuery query, AskOptions options) {
        this.query = query;
        this.options = options;
    }

    static AgentAnswers of(AskOptions options) throws Failure {
        try {
            return new AgentAnswers(new CoapQuery(options.agent()), options);
        } catch (IOException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.getMessage());
        }
    }

    /** What a person calls a node, as the agent wants it; what cannot be a node's name is a wrong command line. */
    static String nodeName(String text) throws Failure {
        boolean inBrackets = text.startsWith("[") && text.endsWith("]") && text.length() > 2;
        String name = inBrackets ? text.substring(1, text.length() - 1) : text;
        if (!NODE.matcher(name).matches()) {
            throw new Failure(
                    ExitCode.USAGE, "a node is called by its name, NodeId or mesh address, not '" + text + "'");
        }
        return name;
    }

    /** The page {@code path} (with its query) of the agent, or of the node called {@code at} if that is not empty. */
    byte[] page(String path, String at) throws Failure {
        return payload(ask(path, at));
    }

    /** The agent's trace to {@code node}; one without an end if the agent has too many traces to do just now. */
    JsonView trace(String node) throws Failure {
        CoapQuery.Answer answer = ask("/trace?node=" + nodeName(node), "");
        return answer.code().equals(BUSY) ? JsonView.empty() : JsonView.of(payload(answer));
    }

    private static byte[] payload(CoapQuery.Answer answer) throws Failure {
        if (!answer.isSuccess()) {
            throw new Failure(ExitCode.FAILED, "the agent answers " + answer.code() + " " + answer.text());
        }
        return answer.payload();
    }

    /** As {@link #page}; if the node has no such page, {@code hint} says where to look. */
    byte[] page(String path, String at, String hint) throws Failure {
        CoapQuery.Answer answer = ask(path, at);
        if (isUnknown(answer)) {
            throw unknown(path, hint);
        }
        return payload(answer);
    }

    /** Whether the node has no such resource: it says nothing besides. */
    static boolean isUnknown(CoapQuery.Answer answer) {
        return answer.code().equals(NOT_FOUND) && answer.text().isEmpty();
    }

    static Failure unknown(String path, String hint) {
        return new Failure(ExitCode.FAILED, "the agent answers " + NOT_FOUND + ", it has no " + path + "; " + hint);
    }

    /** What came of telling a resource something, whatever its code: PUT {@code value}, or POST if it is null. */
    CoapQuery.Answer tell(String path, String at, @Nullable String value, Duration timeout) throws Failure {
        try {
            return query.tell(path, at.isEmpty() ? null : nodeName(at), value, timeout);
        } catch (IOException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
    }

    private CoapQuery.Answer ask(String path, String at) throws Failure {
        try {
            return at.isEmpty()
                    ? query.get(path, CoapQuery.ANY_FORMAT, options.timeout())
                    : query.getFrom(nodeName(at), path, CoapQuery.ANY_FORMAT, options.timeout());
        } catch (IOException e) {
            throw new Failure(ExitCode.UNAVAILABLE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
    }

    @Override
    public void close() {
        query.close();
    }
}
