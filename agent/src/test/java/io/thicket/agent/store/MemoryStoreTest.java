package io.thicket.agent.store;

import io.thicket.agent.port.Store;

class MemoryStoreTest extends StoreContract {
    @Override
    protected Store store() {
        return new MemoryStore();
    }
}
