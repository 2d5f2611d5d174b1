// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The systems behind the shop, one for each service. */
@ApplicationScoped
public class Backends {
    private final Map<String, Backend> all = new LinkedHashMap<>();
    private final Backend users = add("users");
    private final Backend products = add("products");
    private final Backend orders = add("orders");
    private final Backend payments = add("payments");

    private Backend add(String name) {
        Backend backend = new Backend(name);
        all.put(name, backend);
        return backend;
    }

    public Backend users() {
        return users;
    }

    public Backend products() {
        return products;
    }

    public Backend orders() {
        return orders;
    }

    public Backend payments() {
        return payments;
    }

    /** Returns all backends by the names of their services. */
    public Map<String, Backend> all() {
        return Collections.unmodifiableMap(all);
    }

    public void changeAll(UnaryOperator<Conditions> change) {
        all.values().forEach(backend -> backend.change(change));
    }

    /** Lets calls that hang go on, as the threads of the server outlive the shop. */
    @PreDestroy
    void repair() {
        changeAll(conditions -> Conditions.NORMAL);
    }
}
