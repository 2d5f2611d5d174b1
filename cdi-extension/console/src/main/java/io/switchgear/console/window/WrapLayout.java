// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.FlowLayout;

/** A flow that asks for as many lines as its width needs. */
final class WrapLayout extends FlowLayout {
    WrapLayout() {
        super(LEADING, 5, 3);
    }

    @Override
    public Dimension preferredLayoutSize(Container target) {
        int width = target.getWidth() > 0 ? target.getWidth() : Integer.MAX_VALUE;
        int x = getHgap();
        int line = 0;
        int height = getVgap();
        for (Component each : target.getComponents()) {
            Dimension size = each.getPreferredSize();
            if (x + size.width + getHgap() > width && x > getHgap()) {
                x = getHgap();
                height += line + getVgap();
                line = 0;
            }
            x += size.width + getHgap();
            line = Math.max(line, size.height);
        }
        return new Dimension(target.getWidth() > 0 ? target.getWidth() : x, height + line + getVgap());
    }

    @Override
    public Dimension minimumLayoutSize(Container target) {
        return new Dimension(50, preferredLayoutSize(target).height);
    }
}
