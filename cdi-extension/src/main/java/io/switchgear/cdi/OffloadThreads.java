// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The threads of asynchronous methods: those of the container, or else at most 200 daemon threads of this library,
 * which end when they are idle for a minute. Each task has a request context, and the class loader of the thread that
 * has got the executor.
 */
final class OffloadThreads implements Supplier<Executor>, AutoCloseable {
    private static final String EXECUTOR = "java:comp/DefaultManagedExecutorService";
    private static final int MAX_THREADS = 200;

    private final BeanManager beanManager;
    private volatile Executor container;
    private ThreadPoolExecutor own;

    OffloadThreads(BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    /** Finds the threads of the container. Must be called in the naming context of the application. */
    @SuppressWarnings("BanJNDI") // a constant name, in the container's own namespace
    void find() {
        try {
            container = (Executor) new InitialContext().lookup(EXECUTOR);
        } catch (NamingException | ClassCastException noneHere) {
            // not every container has such threads
        }
    }

    @Override
    public Executor get() {
        // here, as later attempts are begun by a thread of a scheduler
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Executor present = container;
        Executor threads = present == null ? own() : present;
        return task -> threads.execute(() -> run(task, loader));
    }

    private void run(Runnable task, ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        Instance<RequestContextController> controllers =
                beanManager.createInstance().select(RequestContextController.class);
        RequestContextController controller = controllers.get();
        boolean activated = controller.activate();
        try {
            task.run();
        } finally {
            if (activated) {
                controller.deactivate();
            }
            controllers.destroy(controller);
            thread.setContextClassLoader(before);
        }
    }

    private synchronized Executor own() {
        if (own == null) {
            own = new ThreadPoolExecutor(
                    MAX_THREADS, MAX_THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                        Thread thread = new Thread(task, "switchgear-asynchronous");
                        thread.setDaemon(true);
                        return thread;
                    });
            own.allowCoreThreadTimeOut(true);
        }
        return own;
    }

    /** Interrupts what still runs on threads of this library. */
    @Override
    public synchronized void close() {
        if (own != null) {
            own.shutdownNow();
        }
    }
}
