// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/** Finds the JMX connector of a process on this machine. Apart from the link, as a JRE has no {@code jdk.attach}. */
final class Attachment {
    private Attachment() {}

    static String address(String process) throws IOException {
        try {
            return Opened.address(process);
        } catch (NoClassDefFoundError noAttach) {
            throw new IOException(
                    "this Java has no module jdk.attach, so it cannot find process " + process
                            + "; use a JDK, or give the URL of a JMX connector",
                    noAttach);
        }
    }

    private static final class Opened {
        static String address(String process) throws IOException {
            try {
                VirtualMachine machine = VirtualMachine.attach(process);
                try {
                    return machine.startLocalManagementAgent();
                } finally {
                    machine.detach();
                }
            } catch (AttachNotSupportedException | RuntimeException notJava) {
                throw new IOException(
                        "process " + process + " is not a JVM of this user, or does not answer: "
                                + notJava.getMessage(),
                        notJava);
            } catch (IOException gone) {
                throw new IOException("process " + process + " cannot be reached: " + gone.getMessage(), gone);
            }
        }
    }
}
