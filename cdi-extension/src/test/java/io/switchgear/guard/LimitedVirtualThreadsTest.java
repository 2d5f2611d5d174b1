// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.TimeLimitExceededException;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Time;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Calls on virtual threads, where there are any. */
@EnabledForJreRange(min = JRE.JAVA_21)
class LimitedVirtualThreadsTest {
    private static final int CALLS = 1_000;

    private final TimeLimit limit =
            new TimeLimit("orders", TimeLimitSettings.defaults().limitMillis(50), Time.SYSTEM.with(new JdkScheduler()));
    private final GuardPipeline<Callable<?>> calls =
            new GuardPipeline<>(String.class, GuardLayers.on(new JdkScheduler()).with(limit));

    private static Thread start(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    /** Returns how the call ended, and whether an interruption was left. */
    private String end(Callable<?> action) {
        String end;
        try {
            end = String.valueOf(calls.call(Callable::call, action));
        } catch (Exception thrown) {
            end = thrown.getClass().getSimpleName();
        }
        return end + " " + Thread.interrupted();
    }

    @Test
    void areInterruptedLikeOthers() throws Exception {
        Map<Thread, String> ends = new ConcurrentHashMap<>();
        Thread[] threads = new Thread[CALLS];
        for (int i = 0; i < CALLS; i++) {
            threads[i] = start(() -> ends.put(Thread.currentThread(), end(() -> {
                TimeUnit.MINUTES.sleep(1);
                return "";
            })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ends).hasSize(CALLS);
        assertThat(ends.values()).containsOnly(TimeLimitExceededException.class.getSimpleName() + " false");
        assertThat(limit.snapshot()).returns((long) CALLS, s -> s.exceeded()).returns(0L, s -> s.running());
    }

    @Test
    void areInterruptedWhileTheyReadFromASocket() throws Exception {
        Map<String, String> ends = new ConcurrentHashMap<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(() -> ends.put("end", end(() -> {
                        try (Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
                            return socket.getInputStream().read();
                        }
                    })))
                    .join();
        }
        assertThat(ends).containsEntry("end", TimeLimitExceededException.class.getSimpleName() + " false");
    }
}
