// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import java.awt.event.ActionEvent;
import javax.swing.AbstractAction;
import javax.swing.Action;

/** Actions for keys. */
final class Actions {
    private Actions() {}

    static Action of(Runnable code) {
        return new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                code.run();
            }
        };
    }
}
