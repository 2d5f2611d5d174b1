package io.switchgear.event;

import io.switchgear.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** Those who want to hear of something. What one of them throws is logged, and the others hear of it all the same. */
public final class Listeners<E> {
    private final List<Consumer<? super E>> all = new CopyOnWriteArrayList<>();
    private final Function<? super E, String> name;

    /** @param name tells what an event is about, for the log */
    public Listeners(Function<? super E, String> name) {
        this.name = name;
    }

    /** Answers what stops it. */
    public Runnable add(Consumer<? super E> listener) {
        all.add(listener);
        return once(() -> all.remove(listener));
    }

    /** Does it the first time only: a second time would stop another registration of the same listener. */
    public static Runnable once(Runnable stop) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                stop.run();
            }
        };
    }

    /** On this thread. */
    public void tell(E event) {
        all.forEach(listener -> tell(listener, event, name.apply(event)));
    }

    /** Tells one. */
    public static <E> void tell(Consumer<? super E> listener, E event, String name) {
        try {
            listener.accept(event);
        } catch (Throwable failure) {
            // checked ones too, as some languages throw them undeclared
            Message.LISTENER_FAILED.log(failure, name, event);
        }
    }
}
