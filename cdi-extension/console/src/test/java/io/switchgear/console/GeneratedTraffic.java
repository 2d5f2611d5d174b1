// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console;

/** A JVM with breakers and traffic, for a look at the console: arguments are their number and how many of them fail. */
final class GeneratedTraffic {
    private GeneratedTraffic() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Generator shop = new Generator("shop", Integer.parseInt(arguments[0]))) {
            while (true) {
                shop.traffic(Integer.parseInt(arguments[1]));
                Thread.sleep(250);
            }
        }
    }
}
