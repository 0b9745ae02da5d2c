package io.thicket.agent.cli;

import io.thicket.agent.coap.CoapQuery;
import java.io.IOException;

/** Asks an agent for pages, several over one socket, and turns what can go wrong into exit codes. */
final class AgentAnswers implements AutoCloseable {
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

    /** The page {@code path} (with its query) of the agent, or of the node called {@code at} if that is not empty. */
    byte[] page(String path, String at) throws Failure {
        try {
            CoapQuery.Answer answer = at.isEmpty()
                    ? query.get(path, CoapQuery.ANY_FORMAT, options.timeout())
                    : query.getFrom(at, path, CoapQuery.ANY_FORMAT, options.timeout());
            if (!answer.isSuccess()) {
                throw new Failure(ExitCode.FAILED, "the agent answers " + answer.code() + " " + answer.text());
            }
            return answer.payload();
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
