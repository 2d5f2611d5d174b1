// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The way of one node to the store: it can be cut, answers can be lost, and others can act between two operations. */
final class UnreliableStore implements FleetStore {
    private final FleetStore store;
    private final Runnable between;
    private final BooleanSupplier losesAnswer;
    boolean cut;

    /**
     * @param between runs before each operation
     * @param losesAnswer whether the answer of an operation is lost
     */
    UnreliableStore(FleetStore store, Runnable between, BooleanSupplier losesAnswer) {
        this.store = store;
        this.between = between;
        this.losesAnswer = losesAnswer;
    }

    private <T> T run(Supplier<T> operation) {
        between.run();
        if (cut) {
            throw new UncheckedIOException(new IOException("cut off"));
        }
        T answer = operation.get();
        if (losesAnswer.getAsBoolean()) {
            throw new UncheckedIOException(new IOException("the answer is lost"));
        }
        return answer;
    }

    @Override
    public long version(String application) {
        return run(() -> store.version(application));
    }

    @Override
    public Rows since(String application, long version) {
        return run(() -> store.since(application, version));
    }

    @Override
    public Written write(Write write) {
        return run(() -> store.write(write));
    }

    @Override
    public String heartbeat(NodeStatus status) {
        return run(() -> store.heartbeat(status));
    }

    @Override
    public void leave(String application, String node, String incarnation) {
        run(() -> {
            store.leave(application, node, incarnation);
            return null;
        });
    }

    @Override
    public List<NodeStatus> nodes(String application) {
        return run(() -> store.nodes(application));
    }

    @Override
    public List<LoggedChange> history(String application, int max) {
        return run(() -> store.history(application, max));
    }

    @Override
    public int clean(String application, int days) {
        return run(() -> store.clean(application, days));
    }

    @Override
    public String description() {
        return store.description();
    }
}
