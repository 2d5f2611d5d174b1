// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.message.NamePattern;
import io.switchgear.message.Text;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Tunable;
import io.switchgear.store.SavedSettings;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.management.Attribute;

/** All breakers of an application, as the resource of their MBean. */
final class ApplicationResource implements ManagedResource<ApplicationView> {
    private final MBeanContext context;
    private final Supplier<List<CircuitBreaker>> breakers;
    private final Supplier<List<Tunable<?>>> tunables;

    /** @param tunables supplies the breakers and all layers */
    ApplicationResource(
            MBeanContext context, Supplier<List<CircuitBreaker>> breakers, Supplier<List<Tunable<?>>> tunables) {
        this.context = context;
        this.breakers = breakers;
        this.tunables = tunables;
    }

    @Override
    public String label() {
        return "all breakers";
    }

    @Override
    public ApplicationView view(String lastRefusedChange) {
        return new ApplicationView(breakers, tunables, context, lastRefusedChange);
    }

    @Override
    public void set(List<Attribute> attributes) {
        // no attribute is writable
    }

    /** Returns all breakers. */
    List<CircuitBreaker> breakers() {
        return breakers.get();
    }

    /**
     * Returns the breakers with a matching name.
     *
     * @throws IllegalArgumentException if there are none
     */
    List<CircuitBreaker> breakers(NamePattern names) {
        List<CircuitBreaker> all = breakers();
        List<CircuitBreaker> matching =
                all.stream().filter(breaker -> names.test(breaker.name())).toList();
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("no breaker has a name like " + Text.printable(names.pattern())
                    + "; there are " + all.size() + ", see Overview; * matches any text, ? one character");
        }
        return matching;
    }

    SavedSettings saved() {
        return context.saved();
    }

    /** Returns the settings that differ from code and configuration, as text for configuration. */
    String export() {
        List<String> lines = NamedSetting.lines(SavedSettings.changes(tunables.get()));
        return lines.isEmpty() ? "# all settings are as configured" : String.join("\n", lines);
    }

    String look() {
        String result = context.following().look();
        Message.CHANGED.log(label(), "looked at configuration: " + result, Caller.current());
        return result;
    }

    String save() {
        String done = saved().save(tunables.get());
        Message.CHANGED.log(label(), done, Caller.current());
        return done;
    }

    String[] forget(NamePattern names) {
        Set<String> forgotten = saved().forget(names);
        Message.CHANGED.log(label(), "deleted the settings saved for " + forgotten, Caller.current());
        return forgotten.toArray(String[]::new);
    }
}
