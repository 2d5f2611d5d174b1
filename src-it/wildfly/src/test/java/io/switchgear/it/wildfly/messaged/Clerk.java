// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.messaged;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Each layer alone, on a bean that is not a CDI bean. */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@MessageDriven(messageListenerInterface = Mail.class)
public class Clerk implements Mail {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    @Retrying(delayMillis = 0)
    public String retried() {
        int call = CALLS.incrementAndGet();
        if (call % 3 != 0) {
            throw new IllegalStateException("call " + call);
        }
        return "call " + call;
    }

    @Override
    @FallingBack(method = "instead")
    public String replaced() {
        throw new IllegalStateException("down");
    }

    String instead(IllegalStateException failure) {
        return "instead, since " + failure.getMessage();
    }

    @Override
    @TimeLimiting(limitMillis = 50)
    public String limited() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException expected) {
            return "interrupted";
        }
        return "never";
    }

    @Override
    @CircuitBreaking(name = "mail")
    public String guarded() {
        return "received";
    }
}
