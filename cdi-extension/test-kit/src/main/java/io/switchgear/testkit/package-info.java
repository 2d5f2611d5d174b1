/**
 * For tests of applications: {@link io.switchgear.testkit.SwitchgearTest} gives each test a clock that only the test
 * advances, {@link io.switchgear.testkit.States} brings a breaker into a state, and
 * {@link io.switchgear.testkit.SwitchgearAssertions} checks breakers and guards. Part of the API.
 *
 * <p>A breaker takes its time from the application, which asks once, when it starts, whether its thread has another
 * time than the system's. So nothing of this is on the call path, and tests that run in parallel have a clock each.
 */
package io.switchgear.testkit;
