package io.thicket.routing;

import org.jspecify.annotations.Nullable;

/**
 * Why a route became what it was, for {@code explain}.
 *
 * @param atMs when it happened (the last time), on the router's clock
 * @param reason why
 * @param neighbor the next hop that it was about: the new one, or the one that was lost
 * @param times how often in a row
 */
public record RouteNote(
        long atMs, RouteChange.Reason reason, @Nullable NodeId neighbor, int times) {}
