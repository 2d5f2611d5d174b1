// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import java.awt.Color;
import java.awt.Component;

/** Colours that differ on a light and on a dark background, also by people who do not see red and green. */
enum Palette {
    OPEN(new Color(0xC62828), new Color(0xFF6B60)),
    HALF_OPEN(new Color(0xB26A00), new Color(0xFFB84D)),
    CLOSED(new Color(0x00796B), new Color(0x4DB6AC)),
    OFF(new Color(0x616161), new Color(0x9E9E9E)),
    FORCED(new Color(0x6A1B9A), new Color(0xCE93D8)),
    FAILED(new Color(0xC62828), new Color(0xFF6B60)),
    REJECTED(new Color(0x6A1B9A), new Color(0xCE93D8)),
    REHEARSED(new Color(0xB26A00), new Color(0xFFB84D)),
    SUCCEEDED(new Color(0x00796B), new Color(0x4DB6AC)),
    MEASURE(new Color(0x1565C0), new Color(0x64B5F6));

    private final Color onLight;
    private final Color onDark;

    Palette(Color onLight, Color onDark) {
        this.onLight = onLight;
        this.onDark = onDark;
    }

    Color on(Component component) {
        return isDark(component) ? onDark : onLight;
    }

    static boolean isDark(Component component) {
        Color back = component.getBackground();
        return back != null && back.getRed() * 0.3 + back.getGreen() * 0.59 + back.getBlue() * 0.11 < 128;
    }
}
