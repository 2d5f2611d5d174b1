// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console;

import io.switchgear.console.model.Link;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServerConnection;

/** The link to this JVM. */
public final class Here implements Link {
    @Override
    public MBeanServerConnection connection() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    @Override
    public void lost() {}

    @Override
    public String title() {
        return "here";
    }

    @Override
    public void close() {}
}
