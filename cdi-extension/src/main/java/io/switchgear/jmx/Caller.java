// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.message.Text;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.security.Principal;
import javax.security.auth.Subject;

/** The author of the JMX request that the current thread runs. */
final class Caller {
    private static final String UNKNOWN = "unknown (local or server connector)";
    private static final MethodHandle SUBJECT = subject();

    private Caller() {}

    /** Returns the user of the JMX connection, if the connector provides it, and for RMI the host of the client. */
    static String current() {
        String user = user();
        String host = host();
        if (host.isEmpty()) {
            return user.isEmpty() ? UNKNOWN : user;
        }
        return (user.isEmpty() ? "unknown user" : user) + " at " + host;
    }

    private static String user() {
        Subject subject;
        try {
            subject = (Subject) SUBJECT.invokeExact();
        } catch (Throwable refused) {
            // a security manager or a container may forbid it; the user is then unknown
            return "";
        }
        return subject == null
                ? Text.caller(WildFlyCaller.user())
                : subject.getPrincipals().stream()
                        .findFirst()
                        .map(Principal::getName)
                        .map(Text::caller)
                        .orElse("");
    }

    private static String host() {
        try {
            return Text.printable(RemoteServer.getClientHost());
        } catch (ServerNotActiveException notRmi) {
            return Text.printable(WildFlyCaller.host());
        }
    }

    /** Returns {@code Subject.current()}, or its equivalent before Java 18. */
    private static MethodHandle subject() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            try {
                return lookup.findStatic(Subject.class, "current", MethodType.methodType(Subject.class));
            } catch (NoSuchMethodException before18) {
                Class<?> context = Class.forName("java.security.AccessControlContext");
                MethodHandle getSubject =
                        lookup.findStatic(Subject.class, "getSubject", MethodType.methodType(Subject.class, context));
                MethodHandle getContext = lookup.findStatic(
                        Class.forName("java.security.AccessController"), "getContext", MethodType.methodType(context));
                return MethodHandles.filterReturnValue(getContext, getSubject);
            }
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("the JDK knows no subject", impossible);
        }
    }
}
