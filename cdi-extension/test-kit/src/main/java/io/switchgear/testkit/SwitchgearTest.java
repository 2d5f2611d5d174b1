// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a {@link VirtualClock}. Every application with breakers that the thread of the test
 * starts, a CDI container or {@link io.switchgear.standalone.Switchgear}, then measures time with it: an outage of ten
 * minutes takes as long as the calls in it.
 *
 * <p>Constructors and methods may have a parameter {@link VirtualClock}. Methods may also have one of
 * {@link io.switchgear.standalone.Switchgear} or {@link io.switchgear.CircuitBreakers}: these are started for the test,
 * without CDI, and closed after it.
 *
 * <p>The clock is there before the test instance is constructed, so a container may be started by a field, a method
 * {@code @BeforeEach}, or another extension. Each test instance has a clock: with
 * {@link org.junit.jupiter.api.TestInstance.Lifecycle#PER_CLASS} all tests of the class share one. Tests may run in
 * parallel.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(VirtualTimeExtension.class)
public @interface SwitchgearTest {}
