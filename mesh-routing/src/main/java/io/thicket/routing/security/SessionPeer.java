package io.thicket.routing.security;

/**
 * What the owner of a {@link FrameGuard} keeps of another node's boot, beside the guard's own session with it. The guard finds the session for
 * each frame; what hangs on that need not be searched for a second time.
 */
public interface SessionPeer {}
