// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.guarded.Backend;
import io.switchgear.it.servers.listening.Clerk;
import io.switchgear.it.servers.listening.Siren;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Undeployed and redeployed applications: their MBeans, classes and threads. */
@ArquillianTest
class RedeploymentIT extends ConsolePerTest {
    private static final int TIMES = Integer.getInteger("redeployments", 10);

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "one", managed = false, testable = false)
    static WebArchive one() {
        return war("one.war");
    }

    @Deployment(name = "two", managed = false, testable = false)
    static WebArchive two() {
        return war("two.war");
    }

    @Deployment(name = "shop", managed = false, testable = false)
    static WebArchive shop() {
        // with an observer that is notified on a thread of the server
        return Archives.shop().addClasses(Siren.class, Clerk.class);
    }

    private static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addPackage(Backend.class.getPackage())
                .addAsLibrary(Archives.extension());
    }

    @Test
    void anUndeployedApplicationLeavesNoMBean() throws Exception {
        deployer.deploy("one");
        Set<ObjectName> deployed;
        try {
            // the breaker of a class that is not a bean may not exist before its first call
            assertThat(status("one/kiosk")).isEqualTo(200);
            deployed = console.breakers();
        } finally {
            deployer.undeploy("one");
        }

        assertThat(deployed).hasSizeGreaterThan(10);
        assertThat(console.breakers()).isEmpty();
    }

    @Test
    void aRedeployedApplicationHasNewBreakersUnderTheSameNames() throws Exception {
        deployer.deploy("one");
        Set<ObjectName> first;
        try {
            console.breaker("one", "Shelf#look()").set("FailureThreshold", 9);
            console.breaker("one", "Shelf#look()").run("forceOpen", "before the redeployment");
            assertThat(status("one/shelf")).isEqualTo(503);
            first = console.breakers();
        } finally {
            deployer.undeploy("one");
        }

        deployer.deploy("one");
        try {
            assertThat(console.breakers()).isEqualTo(first);
            assertThat(console.breaker("one", "Shelf#look()").get("FailureThreshold"))
                    .isEqualTo(2);
            assertThat(console.breaker("one", "Shelf#look()").get("RejectedTotal"))
                    .isEqualTo(0L);
            assertThat(status("one/shelf")).isEqualTo(200);
            assertThat(console.breaker("one", "Shelf#look()").get("SuccessesTotal"))
                    .isEqualTo(1L);
        } finally {
            deployer.undeploy("one");
        }
    }

    @Test
    void copiesOfAnApplicationHaveSeparateBreakers() throws Exception {
        deployer.deploy("one");
        try {
            deployer.deploy("two");
            try {
                console.breaker("one", "Shelf#look()").run("forceOpen", "only here");

                assertThat(status("one/shelf")).isEqualTo(503);
                assertThat(status("two/shelf")).isEqualTo(200);
                assertThat(console.applications()).containsExactlyInAnyOrder("one", "two");
            } finally {
                deployer.undeploy("two");
            }
            assertThat(console.applications()).containsExactly("one");
        } finally {
            deployer.undeploy("one");
        }
    }

    @Test
    void redeploymentsLeaveNothingBehindThoughConsolesAreSubscribed() throws Exception {
        long processId = console.processId();
        Copies copies = Copies.before(console);
        try (Console permanent = Console.attachedTo(processId)) {
            long received = redeploy(TIMES, permanent, () -> Console.attachedTo(processId));

            assertThat(received).isEqualTo(3L * TIMES);
            copies.areCollected(Duration.ofSeconds(20));
        }
    }

    @Test
    void theMetersOfARedeployedApplicationStartFromZero() throws Exception {
        String calls = "circuit_breaker_calls_total";
        for (int deployment = 1; deployment <= 2; deployment++) {
            deployer.deploy(Shop.APPLICATION);
            try {
                Shop.empty(console);
                Scrape before = Scrape.ofShop();
                // calls of the simulated shoppers, before they stopped
                assertThat(before.sum(calls, "service", "Users#find(long)")).isLessThan(200);
                for (int call = 1; call <= 200; call++) {
                    assertThat(Shop.status("users/1")).isEqualTo(200);
                }
                assertThat(Scrape.ofShop().since(before).sum(calls, "service", "Users#find(long)"))
                        .isEqualTo(200);
            } finally {
                deployer.undeploy(Shop.APPLICATION);
            }
            assertThat(status("shop/metrics")).isEqualTo(404);
        }
    }

    /**
     * Intentional: this test does not check class loaders. WildFly's connector creates threads for notifications, and
     * each refers to the application until it has been idle for a minute.
     */
    @Test
    void redeploymentsLeaveNoMBeanThoughRemoteConsolesAreSubscribed() throws Exception {
        try (Console permanent = Console.connect()) {
            int times = Math.min(TIMES, 5);
            assertThat(redeploy(times, permanent, Console::connect)).isEqualTo(3L * times);
        }
    }

    /**
     * Deploys and undeploys the example several times, with two consoles: a permanent one that subscribes to each
     * deployment and never unsubscribes, and a temporary one for each deployment.
     *
     * @return the number of notifications that they received
     */
    private long redeploy(int times, Console permanent, Callable<Console> temporary) throws Exception {
        AtomicLong received = new AtomicLong();
        NotificationListener listener = (notice, none) -> received.incrementAndGet();
        for (int deployment = 1; deployment <= times; deployment++) {
            deployer.deploy(Shop.APPLICATION);
            assertThat(status("shop/metrics")).isEqualTo(200);
            try (Console other = temporary.call()) {
                other.all(Shop.APPLICATION).subscribe(listener);
                permanent.all(Shop.APPLICATION).subscribe(listener);
                permanent.breaker(Shop.APPLICATION, "catalogue").subscribe(listener);
                other.breaker(Shop.APPLICATION, "catalogue").set("FailureThreshold", 9);
                long expected = 3L * deployment;
                await().atMost(Duration.ofSeconds(20)).until(() -> received.get() >= expected);
            } finally {
                deployer.undeploy(Shop.APPLICATION);
            }
            assertThat(console.breakers()).as("after deployment %d", deployment).isEmpty();
        }
        return received.get();
    }

    private static int status(String path) {
        return Server.get(path).statusCode();
    }
}
