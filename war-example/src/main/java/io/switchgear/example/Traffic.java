// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

/**
 * The traffic of the shop.
 *
 * @param callsPerSecond calls by simulated shoppers; 0 to 50
 */
public record Traffic(int callsPerSecond) {
    private static final Parameter CALLS_PER_SECOND = new Parameter("callsPerSecond", 0, 50);

    static Traffic parse(String body) {
        return new Traffic(CALLS_PER_SECOND.valueIn(Parameter.settings(body)));
    }
}
