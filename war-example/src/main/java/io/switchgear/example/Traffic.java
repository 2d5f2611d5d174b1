package io.switchgear.example;

/**
 * The traffic of the shop.
 *
 * @param callsPerSecond calls by simulated shoppers; 0 to 50
 */
public record Traffic(int callsPerSecond) {
    private static final Knob CALLS_PER_SECOND = new Knob("callsPerSecond", 0, 50);

    static Traffic parse(String body) {
        return new Traffic(CALLS_PER_SECOND.valueIn(Knob.settings(body)));
    }
}
