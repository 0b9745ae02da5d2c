package io.thicket.sim.bridge;

import io.thicket.agent.port.Timers;

/** The virtual loop of one boot, to which threads outside of the simulation can post. */
final class PostedTimers implements Timers {
    private final Timers virtual;
    private final Posts posts;

    PostedTimers(Timers virtual, Posts posts) {
        this.virtual = virtual;
        this.posts = posts;
    }

    @Override
    public long nowMs() {
        return virtual.nowMs();
    }

    @Override
    public Handle at(long atMs, Runnable task) {
        return virtual.at(atMs, task);
    }

    /** From outside it waits in the queue of all nodes, and is dropped if the boot has ended when it is taken. */
    @Override
    public boolean post(Runnable task) {
        return posts.isOwner() ? virtual.post(task) : posts.post(() -> virtual.post(task));
    }

    @Override
    public boolean isOnLoop() {
        return posts.isOwner();
    }

    @Override
    public long refusedPosts() {
        return posts.refused();
    }
}
