package io.switchgear.it.wildfly.hearing;

import jakarta.enterprise.context.RequestScoped;

/** Somebody to ask for, as long as there is a request. */
@RequestScoped
public class Clerk {
    public String name() {
        return "Kim";
    }
}
